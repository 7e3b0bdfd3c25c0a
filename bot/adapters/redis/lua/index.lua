-- Brings the desk's lists in line with a conversation, unless they know a newer version of it.
-- KEYS: versions, recent, waiting, active, open tickets, answered tickets
-- ARGV: conversation, version, last change (ms), state, waiting since (ms), opinions and messages
-- as JSON [[receipt, status, created (ms)], ...], forget before (ms), channel and event to publish
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and tonumber(known) > tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], known) -- so that there is something to wait for
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
if ARGV[4] == 'waiting' then redis.call('ZADD', KEYS[3], ARGV[5], ARGV[1])
else redis.call('ZREM', KEYS[3], ARGV[1]) end
if ARGV[4] == 'operator' then redis.call('ZADD', KEYS[4], ARGV[3], ARGV[1])
else redis.call('ZREM', KEYS[4], ARGV[1]) end
for _, ticket in ipairs(cjson.decode(ARGV[6])) do
  local to, from = KEYS[5], KEYS[6]
  if ticket[2] ~= 'open' then to, from = from, to end
  redis.call('ZREM', from, ticket[1])
  redis.call('ZADD', to, ticket[3], ticket[1])
end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[7], 'LIMIT', 0, 10)) do
  redis.call('ZREM', KEYS[2], old)
  redis.call('ZREM', KEYS[3], old)
  redis.call('ZREM', KEYS[4], old)
  redis.call('HDEL', KEYS[1], old)
end
for _, list in ipairs({KEYS[5], KEYS[6]}) do
  redis.call('ZREMRANGEBYSCORE', list, '-inf', ARGV[7])
end
redis.call('PUBLISH', ARGV[8], ARGV[9])
return 1
