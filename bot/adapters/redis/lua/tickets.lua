-- Brings the desk's lists of tickets in line with one ticket, unless they know a newer version.
-- All lists have one hash tag; which of them a ticket stands in changes, so their names are made
-- here from what is remembered of it.
-- KEYS: places (hash: receipt → JSON {version, places})   ARGV: receipt, version, its places as
-- JSON {list: member, ...} or '' to forget it, beginning of the lists' names
-- Returns 1 if anything changed.
local known = redis.call('HGET', KEYS[1], ARGV[1])
local before = known and cjson.decode(known) or {version = -1, places = {}}
if ARGV[3] == '' then
  for list, member in pairs(before.places) do redis.call('ZREM', ARGV[4] .. list, member) end
  return redis.call('HDEL', KEYS[1], ARGV[1])
end
local version, places = tonumber(ARGV[2]), cjson.decode(ARGV[3])
if before.version >= version then
  redis.call('HSET', KEYS[1], ARGV[1], known) -- so that there is something to wait for
  return 0
end
for list, member in pairs(before.places) do
  if places[list] ~= member then redis.call('ZREM', ARGV[4] .. list, member) end
end
for list, member in pairs(places) do redis.call('ZADD', ARGV[4] .. list, 0, member) end
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode({version = version, places = places}))
return 1
