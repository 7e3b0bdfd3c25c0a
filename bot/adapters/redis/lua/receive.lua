-- Stores an event of a channel, once for each event ID, and begins the conversation if there is none.
-- KEYS: state, events, inbox   ARGV: event ID, its time (ms), event (JSON), fields of a new
-- conversation (JSON), ms for which event IDs are remembered, seconds to keep
-- Returns 1 if the event is new.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then
  redis.call('EXPIRE', KEYS[2], ARGV[6]) -- so that a repeat has something to wait for
  return 0
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - tonumber(ARGV[5]))
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[2], string.format('%.0f ', now) .. ARGV[3])
if redis.call('EXISTS', KEYS[1]) == 0 then
  for name, value in pairs(cjson.decode(ARGV[4])) do redis.call('HSET', KEYS[1], name, value) end
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[6]) end
return 1
