-- What is new in a conversation, as of one moment: what happened is not seen without what had been
-- said before it.
-- KEYS: state, messages, history   ARGV: the last message and the last entry that are known
-- Returns {channel, messages, entries}, or nothing if there is no conversation.
local channel = redis.call('HGET', KEYS[1], 'channel')
if not channel then return {} end
local said = redis.call('XRANGE', KEYS[2], '(' .. ARGV[1], '+')
return {channel, said, redis.call('XRANGE', KEYS[3], '(' .. ARGV[2], '+')}
