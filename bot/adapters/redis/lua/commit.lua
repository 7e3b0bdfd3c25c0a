-- Writes a change of a conversation as a whole, if its version is still the expected one.
-- KEYS: state, messages, seen, choices, tickets
-- ARGV: change (JSON: version, messages, fields, choices, tickets, client_message_id),
-- seconds to keep, channel and event to publish
-- Returns {status, message ids...}; status is missing, conflict, known or written.
local change = cjson.decode(ARGV[1])
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return {'missing'} end
if change.client_message_id ~= '' then
  local known = redis.call('HGET', KEYS[3], change.client_message_id)
  if known then return {'known', known} end
end
if version ~= change.version then return {'conflict'} end
local ids = {'written'}
for _, message in ipairs(change.messages) do
  table.insert(ids, redis.call('XADD', KEYS[2], '*', 'm', message))
end
if change.client_message_id ~= '' then
  redis.call('HSET', KEYS[3], change.client_message_id, ids[#ids])
end
for name, value in pairs(change.fields) do redis.call('HSET', KEYS[1], name, value) end
for token, offer in pairs(change.choices) do redis.call('HSET', KEYS[4], token, offer) end
for receipt, ticket in pairs(change.tickets) do redis.call('HSET', KEYS[5], receipt, ticket) end
redis.call('HINCRBY', KEYS[1], 'version', 1)
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[2]) end
redis.call('PUBLISH', ARGV[3], ARGV[4])
return ids
