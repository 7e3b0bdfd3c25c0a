-- A write that changes nothing, after which replicas can be waited for.
-- KEYS: state   ARGV: seconds to keep
return redis.call('EXPIRE', KEYS[1], ARGV[1])
