-- For scripts that count: whether one more fits into so many a minute, and if so it is counted.
-- What came is a level that sinks by one step at a time; a minute's worth may come at once.
-- Returns 0, or the seconds after which one more fits.
local function over_limit(key, per_minute)
  if per_minute <= 0 then return 0 end
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local level = math.max(tonumber(redis.call('GET', key) or '0'), now) + 60000 / per_minute
  if level > now + 60000 then return math.ceil((level - now - 60000) / 1000) end
  redis.call('SET', key, string.format('%.0f', level), 'PX', 60000)
  return 0
end
