-- Takes a citizen's message back: its text goes, a tombstone stays. If the message has not come yet,
-- it will not be stored when it does.
-- KEYS: state, seen, messages, withdrawn, tickets   ARGV: client_message_id, text of the tombstone,
-- seconds to keep, channel and event to publish
-- Returns the message's ID, or '' if there is none (any more).
if redis.call('EXISTS', KEYS[1]) == 0 then return '' end
local id = redis.call('HGET', KEYS[2], ARGV[1])
if not id then
  redis.call('HSET', KEYS[2], ARGV[1], '')
  redis.call('EXPIRE', KEYS[2], ARGV[3])
  return ''
end
if redis.call('HEXISTS', KEYS[4], id) == 1 then return id end
local found = id ~= '' and redis.call('XRANGE', KEYS[3], id, id) or {}
if #found == 0 then return '' end
local message = cjson.decode(found[1][2][2])
if message.role ~= 'citizen' then return '' end
local tombstone = {at = message.at, role = message.role, text = ARGV[2], withdrawn = true}
redis.call('XDEL', KEYS[3], id)
redis.call('HSET', KEYS[4], id, cjson.encode(tombstone))
redis.call('EXPIRE', KEYS[4], ARGV[3])
if redis.call('HGET', KEYS[1], 'last_text') == message.text then
  redis.call('HSET', KEYS[1], 'last_text', ARGV[2])
end
local tickets = redis.call('HGETALL', KEYS[5])
for i = 1, #tickets, 2 do
  local ticket = cjson.decode(tickets[i + 1])
  if ticket.message_id == id and ticket.text == message.text then
    ticket.text = ARGV[2]
    redis.call('HSET', KEYS[5], tickets[i], cjson.encode(ticket))
  end
end
-- The desk's lists follow the version.
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('PUBLISH', ARGV[4], ARGV[5])
return id
