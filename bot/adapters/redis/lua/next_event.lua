-- The oldest event of an inbox, and how long to wait for an even older one still on its way.
-- KEYS: inbox   ARGV: ms that an event waits after it happened
-- Returns {"<arrived ms> <event>", ms to wait}, or nothing.
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if #first == 0 then return {} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local arrived = tonumber(string.match(first[1], '^%d+'))
local happened = math.min(tonumber(first[2]), arrived)
return {first[1], math.max(happened + tonumber(ARGV[1]) - now, 0)}
