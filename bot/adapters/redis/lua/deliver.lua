-- Replaces or ends a delivery, if it is still as the caller knows it.
-- KEYS: outbox, delivery   ARGV: delivery ID, its revision, what it becomes (JSON, or '' for the
-- end), its messages' state from now on (or '' for the same), channel and event to publish,
-- message IDs...
-- Returns 1 if it was so.
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored or (cjson.decode(stored).revision or 0) ~= tonumber(ARGV[2]) then return 0 end
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
else redis.call('HDEL', KEYS[1], ARGV[1]) end
if ARGV[4] ~= '' and redis.call('HGET', KEYS[2], ARGV[7]) ~= ARGV[4] then
  for i = 7, #ARGV do redis.call('HSET', KEYS[2], ARGV[i], ARGV[4]) end
  redis.call('PUBLISH', ARGV[5], ARGV[6])
end
return 1
