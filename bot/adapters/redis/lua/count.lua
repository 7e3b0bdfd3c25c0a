-- Adds a conversation's counts to the days they belong to, together with how far they go, unless
-- somebody else has counted it meanwhile.
-- KEYS: how far the conversation is counted, then for each day its numbers and its questions
-- ARGV: how far it was counted ('' for never), how far it is now, seconds to keep, for each day
-- {numbers, questions} (JSON)
-- Returns 1 if they were added.
local known = redis.call('GET', KEYS[1]) or ''
if known ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
for i = 4, #ARGV do
  local day = cjson.decode(ARGV[i])
  local numbers, questions = KEYS[2 * i - 6], KEYS[2 * i - 5]
  for name, number in pairs(day[1]) do redis.call('HINCRBY', numbers, name, number) end
  for message, reply in pairs(day[2]) do redis.call('HSET', questions, message, reply) end
  redis.call('EXPIRE', numbers, ARGV[3])
  redis.call('EXPIRE', questions, ARGV[3])
end
return 1
