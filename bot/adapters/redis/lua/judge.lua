-- Keeps what the citizen thinks of a message.
-- KEYS: messages, feedback   ARGV: message ID, feedback (JSON), seconds to keep
-- Returns 1, or 0 if there is no such message.
if #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
