-- A page has the conversation open.
-- KEYS: viewers   ARGV: operator and page, until when it counts, now (seconds since 1970), seconds
-- after which all have lapsed
-- Returns how many came or lapsed.
local changed = redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
changed = changed + redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return changed
