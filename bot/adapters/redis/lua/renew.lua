-- Prolongs a lease that is still ours.
-- KEYS: leases   ARGV: conversation, our lease, lease in ms. Returns the new lease, or '' if lost.
if redis.call('ZSCORE', KEYS[1], ARGV[1]) ~= ARGV[2] then return '' end
local time = redis.call('TIME')
local ends = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[3])
redis.call('ZADD', KEYS[1], ends, ARGV[1])
return tostring(ends)
