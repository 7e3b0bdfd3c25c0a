-- Stores a citizen's message, once for each client_message_id.
-- KEYS: state, seen, messages, reply tokens, rate   ARGV: client_message_id, message (JSON), text,
-- at, seconds to keep, channel and event to publish, reply token (JSON or ''), its seconds to keep,
-- how many a minute (0: any number)
-- Returns {status, message id or seconds}; status is missing, known, limited or new.
if redis.call('EXISTS', KEYS[1]) == 0 then return {'missing', ''} end
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known then
  redis.call('EXPIRE', KEYS[2], ARGV[5]) -- so that a repeat has something to wait for
  return {'known', known}
end
local seconds = over_limit(KEYS[5], tonumber(ARGV[10]))
if seconds > 0 then return {'limited', tostring(seconds)} end
local id = redis.call('XADD', KEYS[3], '*', 'm', ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], id)
redis.call('HSET', KEYS[1], 'last_text', ARGV[3], 'last_at', ARGV[4])
for i = 1, 3 do redis.call('EXPIRE', KEYS[i], ARGV[5]) end
if ARGV[8] ~= '' then
  redis.call('HSET', KEYS[4], id, ARGV[8])
  redis.call('EXPIRE', KEYS[4], ARGV[9])
end
redis.call('PUBLISH', ARGV[6], ARGV[7])
return {'new', id}
