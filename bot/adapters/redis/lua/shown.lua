-- Keeps how far a citizen's page was sent what is said; it only ever moves on.
-- KEYS: state, shown   ARGV: message ID, seconds to keep, channel and event to publish
local function parts(id) return id:match('^(%d+)%-(%d+)$') end
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local known = redis.call('GET', KEYS[2])
if known then
  local time, number = parts(ARGV[1])
  local known_time, known_number = parts(known)
  time, known_time = tonumber(time), tonumber(known_time)
  if time < known_time then return 0 end
  if time == known_time and tonumber(number) <= tonumber(known_number) then return 0 end
end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1
