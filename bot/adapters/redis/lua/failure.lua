-- Counts a failure; all are forgotten some time after the first.
-- KEYS: count   ARGV: seconds
if redis.call('INCR', KEYS[1]) == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return 1
