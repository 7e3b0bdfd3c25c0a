-- Leases conversations that are due. Those with a lapsed lease come first: their worker died with
-- something begun, and doubt about that can be cleared up for a short time only.
-- KEYS: due, leases, again   ARGV: how many, lease in ms
-- Returns {conversation, lease, conversation, lease, ...}; the lease is its end in ms.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, lapsed in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
  redis.call('ZREM', KEYS[2], lapsed)
  redis.call('SREM', KEYS[3], lapsed)
  redis.call('ZADD', KEYS[1], 0, lapsed)
end
local leased = {}
local ends = now + tonumber(ARGV[2])
for _, due in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])) do
  redis.call('ZREM', KEYS[1], due)
  if redis.call('ZSCORE', KEYS[2], due) then
    redis.call('SADD', KEYS[3], due)
  else
    redis.call('ZADD', KEYS[2], ends, due)
    table.insert(leased, due)
    table.insert(leased, tostring(ends))
  end
end
return leased
