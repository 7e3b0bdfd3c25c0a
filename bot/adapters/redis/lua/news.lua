-- What is new in a conversation, as of one moment.
-- KEYS: state, messages, history   ARGV: the last message and the last entry that are known
-- Returns {channel or nothing, {{message ID, {'m', message}}, ...}, {{entry ID, {'e', entry}}, ...}}.
return {
  redis.call('HGET', KEYS[1], 'channel'),
  redis.call('XRANGE', KEYS[2], '(' .. ARGV[1], '+'),
  redis.call('XRANGE', KEYS[3], '(' .. ARGV[2], '+'),
}
