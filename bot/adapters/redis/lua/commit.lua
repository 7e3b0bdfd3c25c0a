-- Writes a change of a conversation as a whole, if its version is still the expected one.
-- KEYS: state, messages, seen, choices, tickets, private, outbox, delivery, reply tokens, history
-- ARGV: change (JSON: version, messages, fields, choices, tickets, private, history, client_message_id
-- and,
-- on a channel that delivers, delivery: {state, retry_key, token?, answers?}), seconds to keep,
-- channel and event to publish
-- Returns {status, message ids...}; status is missing, conflict, known or written.
local change = cjson.decode(ARGV[1])
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return {'missing'} end
if change.client_message_id ~= '' then
  local known = redis.call('HGET', KEYS[3], change.client_message_id)
  if known then
    redis.call('EXPIRE', KEYS[3], ARGV[2]) -- so that a repeat has something to wait for
    return {'known', known}
  end
end
if version ~= change.version then return {'conflict'} end
local ids = {}
for _, message in ipairs(change.messages) do
  table.insert(ids, redis.call('XADD', KEYS[2], '*', 'm', message))
end
if change.client_message_id ~= '' then
  redis.call('HSET', KEYS[3], change.client_message_id, ids[#ids] or '')
end
for name, value in pairs(change.fields) do redis.call('HSET', KEYS[1], name, value) end
for token, offer in pairs(change.choices) do redis.call('HSET', KEYS[4], token, offer) end
for receipt, ticket in pairs(change.tickets) do redis.call('HSET', KEYS[5], receipt, ticket) end
for receipt, told in pairs(change.private) do redis.call('HSET', KEYS[6], receipt, told) end
for _, entry in ipairs(change.history) do redis.call('XADD', KEYS[10], '*', 'e', entry) end
local delivery = change.delivery
if delivery and #ids > 0 then
  for _, id in ipairs(ids) do redis.call('HSET', KEYS[8], id, delivery.state) end
  if delivery.state == 'waiting' then
    if delivery.answers then
      -- Taken with the message, so that no two messages can ever be sent with one token.
      local token = redis.call('HGET', KEYS[9], delivery.answers)
      if token then delivery.token = cjson.decode(token) end
      redis.call('HDEL', KEYS[9], delivery.answers)
    end
    local stored = {id = ids[1], messages = ids, retry_key = delivery.retry_key,
      token = delivery.token}
    redis.call('HSET', KEYS[7], ids[1], cjson.encode(stored))
  end
end
redis.call('HINCRBY', KEYS[1], 'version', 1)
for i = 1, 8 do redis.call('EXPIRE', KEYS[i], ARGV[2]) end
redis.call('EXPIRE', KEYS[10], ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return {'written', unpack(ids)}
