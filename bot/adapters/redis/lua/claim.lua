-- Gives a receipt number to a conversation, unless it is another's.
-- KEYS: ticket   ARGV: conversation, seconds to keep
-- Returns whose it is.
local owner = redis.call('GET', KEYS[1]) or ARGV[1]
redis.call('SET', KEYS[1], owner, 'EX', ARGV[2])
return owner
