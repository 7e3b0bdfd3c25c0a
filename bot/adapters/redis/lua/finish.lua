-- Ends a lease that is still ours; puts the conversation back if more arrived or a delay is given.
-- KEYS: due, leases, again   ARGV: conversation, our lease, delay in ms or -1
if redis.call('ZSCORE', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local delay = tonumber(ARGV[3])
if redis.call('SREM', KEYS[3], ARGV[1]) == 1 then delay = 0 end
-- What was put there during the lease may have to come sooner.
if delay >= 0 then redis.call('ZADD', KEYS[1], 'LT', now + delay, ARGV[1]) end
return 1
