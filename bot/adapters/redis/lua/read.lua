-- A conversation and what was said after a message, as of one moment.
-- KEYS: state, messages, withdrawn
-- ARGV: the message (empty: the last one that is handled), how many to return at most
-- Returns {fields and values of the state, messages, IDs and bodies of what was withdrawn}, or
-- nothing if there is no conversation.
local state = redis.call('HGETALL', KEYS[1])
if #state == 0 then return {} end
local after = ARGV[1]
if after == '' then after = redis.call('HGET', KEYS[1], 'handled') end
local said = redis.call('XRANGE', KEYS[2], '(' .. after, '+', 'COUNT', ARGV[2])
return {state, said, redis.call('HGETALL', KEYS[3])}
