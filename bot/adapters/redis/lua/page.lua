-- One page of a list, and where the next one begins; what moves meanwhile is neither skipped nor
-- told twice as long as it stays behind the cursor.
-- KEYS: a sorted set   ARGV: 1 for the highest score first, how many, the last one told: score and
-- member (both '' for the first page)
-- Returns {member, score, ...}, with one more than asked for if there is more.
local descending = ARGV[1] == '1'
local range = descending and 'ZREVRANGE' or 'ZRANGE'
local start = 0
if ARGV[3] ~= '' then
  local score, member = ARGV[3], ARGV[4]
  -- The ties of the cursor's score are few: count those before them, then step over ties.
  if descending then start = redis.call('ZCOUNT', KEYS[1], '(' .. score, '+inf')
  else start = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. score) end
  local low, high = start, start + redis.call('ZCOUNT', KEYS[1], score, score)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local found = redis.call(range, KEYS[1], middle, middle)[1]
    local told = found <= member
    if descending then told = found >= member end
    if told then low = middle + 1 else high = middle end
  end
  start = low
end
return redis.call(range, KEYS[1], start, start + ARGV[2], 'WITHSCORES')
