-- Adds to a stream that is forgotten as a whole, some time after its last entry.
-- KEYS: stream   ARGV: entry (JSON), seconds to keep
local id = redis.call('XADD', KEYS[1], '*', 'e', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return id
