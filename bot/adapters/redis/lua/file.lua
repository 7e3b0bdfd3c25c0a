-- Moves entries of a stream to hashes by day; what somebody else has moved or erased stays so.
-- KEYS: stream, then each entry's day   ARGV: seconds to keep, then for each entry its ID, its field
-- and itself (JSON)
for i = 2, #KEYS do
  local id, field, entry = ARGV[3 * i - 4], ARGV[3 * i - 3], ARGV[3 * i - 2]
  if redis.call('XDEL', KEYS[1], id) == 1 then
    redis.call('HSET', KEYS[i], field, entry)
    redis.call('EXPIRE', KEYS[i], ARGV[1])
  end
end
return 1
