-- Brings the desk's lists in line with a conversation, unless they know a newer version of it.
-- KEYS: versions, recent, waiting, active, open tickets, answered tickets, closed, owners
-- ARGV: conversation, version, last change (ms), state, place in the queue (see desk_index.py),
-- opinions and messages as JSON [[receipt, status, created (ms)], ...], forget before (ms), channel,
-- signals that the conversation, the queue and the tickets changed, owner (or ''), and what the
-- keys of the lists of one owner's conversations begin with
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and tonumber(known) > tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
local function list(key, belongs, score)
  if belongs then redis.call('ZADD', key, score, ARGV[1])
  else redis.call('ZREM', key, ARGV[1]) end
end
local waited = redis.call('ZSCORE', KEYS[3], ARGV[1])
list(KEYS[3], ARGV[4] == 'waiting', ARGV[5])
list(KEYS[4], ARGV[4] == 'operator', ARGV[3])
list(KEYS[7], ARGV[4] == 'closed', ARGV[3])
local owner = redis.call('HGET', KEYS[8], ARGV[1])
if owner and owner ~= ARGV[12] then
  redis.call('ZREM', ARGV[13] .. owner, ARGV[1])
  redis.call('HDEL', KEYS[8], ARGV[1])
end
if ARGV[12] ~= '' then
  redis.call('HSET', KEYS[8], ARGV[1], ARGV[12])
  redis.call('ZADD', ARGV[13] .. ARGV[12], ARGV[3], ARGV[1])
end
local moved = 0
for _, ticket in ipairs(cjson.decode(ARGV[6])) do
  local to, from = KEYS[5], KEYS[6]
  if ticket[2] ~= 'open' then to, from = from, to end
  moved = moved + redis.call('ZREM', from, ticket[1])
  moved = moved + redis.call('ZADD', to, ticket[3], ticket[1])
end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[7], 'LIMIT', 0, 10)) do
  for _, key in ipairs({KEYS[2], KEYS[3], KEYS[4], KEYS[7]}) do redis.call('ZREM', key, old) end
  local former = redis.call('HGET', KEYS[8], old)
  if former then redis.call('ZREM', ARGV[13] .. former, old) end
  redis.call('HDEL', KEYS[8], old)
  redis.call('HDEL', KEYS[1], old)
end
for _, tickets in ipairs({KEYS[5], KEYS[6]}) do
  redis.call('ZREMRANGEBYSCORE', tickets, '-inf', ARGV[7])
end
redis.call('PUBLISH', ARGV[8], ARGV[9])
if redis.call('ZSCORE', KEYS[3], ARGV[1]) ~= waited then redis.call('PUBLISH', ARGV[8], ARGV[10]) end
if moved > 0 then redis.call('PUBLISH', ARGV[8], ARGV[11]) end
return 1
