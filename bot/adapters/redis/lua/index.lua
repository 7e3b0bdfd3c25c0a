-- Brings the desk's lists in line with a conversation, unless they know a newer version of it.
-- KEYS: versions, recent, waiting, active, closed, owners
-- ARGV: conversation, version, last change (ms), state, place in the queue (see desk_index.py),
-- forget before (ms), channel, signals that the conversation and the queue changed, owner (or ''),
-- and what the keys of the lists of one owner's conversations begin with
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and tonumber(known) > tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], known) -- so that there is something to wait for
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
local function list(key, belongs, score)
  if belongs then redis.call('ZADD', key, score, ARGV[1])
  else redis.call('ZREM', key, ARGV[1]) end
end
local waited = redis.call('ZSCORE', KEYS[3], ARGV[1])
list(KEYS[3], ARGV[4] == 'waiting', ARGV[5])
list(KEYS[4], ARGV[4] == 'operator', ARGV[3])
list(KEYS[5], ARGV[4] == 'closed', ARGV[3])
local owner = redis.call('HGET', KEYS[6], ARGV[1])
if owner and owner ~= ARGV[10] then
  redis.call('ZREM', ARGV[11] .. owner, ARGV[1])
  redis.call('HDEL', KEYS[6], ARGV[1])
end
if ARGV[10] ~= '' then
  redis.call('HSET', KEYS[6], ARGV[1], ARGV[10])
  redis.call('ZADD', ARGV[11] .. ARGV[10], ARGV[3], ARGV[1])
end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[6], 'LIMIT', 0, 10)) do
  for _, key in ipairs({KEYS[2], KEYS[3], KEYS[4], KEYS[5]}) do redis.call('ZREM', key, old) end
  local former = redis.call('HGET', KEYS[6], old)
  if former then redis.call('ZREM', ARGV[11] .. former, old) end
  redis.call('HDEL', KEYS[6], old)
  redis.call('HDEL', KEYS[1], old)
end
redis.call('PUBLISH', ARGV[7], ARGV[8])
if redis.call('ZSCORE', KEYS[3], ARGV[1]) ~= waited then redis.call('PUBLISH', ARGV[7], ARGV[9]) end
return 1
