-- Puts a conversation on the work list, due after a delay; the earlier time wins. What is due at
-- once but leased comes again after the lease.
-- KEYS: due, leases, again   ARGV: conversation, delay in ms, channel and event to publish
-- Returns how many conversations are due, and how many are leased.
local delay = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if delay == 0 and redis.call('ZSCORE', KEYS[2], ARGV[1]) then
  redis.call('SADD', KEYS[3], ARGV[1])
else
  redis.call('ZADD', KEYS[1], 'LT', now + delay, ARGV[1])
  if delay == 0 then redis.call('PUBLISH', ARGV[3], ARGV[4]) end
end
return {redis.call('ZCOUNT', KEYS[1], '-inf', now), redis.call('ZCARD', KEYS[2])}
