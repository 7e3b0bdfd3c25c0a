-- Stores a new conversation.
-- KEYS: state   ARGV: fields (JSON), seconds to keep
for name, value in pairs(cjson.decode(ARGV[1])) do redis.call('HSET', KEYS[1], name, value) end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
