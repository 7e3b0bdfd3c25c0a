-- Adds or changes an operator's account; its sessions end with every change, and there is always a
-- supervisor left who can log in.
-- KEYS: operators   ARGV: name, new values (JSON), 'add' (only if new), 'change' (only if known) or
-- 'put', channel and event to publish
-- Returns {status, account}; status is taken, missing, last_supervisor, same or written.
local function can_supervise(account)
  return account.role == 'supervisor' and account.enabled ~= false
end

local stored = redis.call('HGET', KEYS[1], ARGV[1])
if ARGV[3] == 'add' and stored then return {'taken', ''} end
if ARGV[3] == 'change' and not stored then return {'missing', ''} end
local account = stored and cjson.decode(stored) or {}
local could = can_supervise(account)
local same = stored and true or false
for name, value in pairs(cjson.decode(ARGV[2])) do
  if account[name] ~= value then same = false end
  account[name] = value
end
if same then return {'same', stored} end
if could and not can_supervise(account) then
  local others = 0
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    if all[i] ~= ARGV[1] and can_supervise(cjson.decode(all[i + 1])) then others = others + 1 end
  end
  if others == 0 then return {'last_supervisor', ''} end
end
account.epoch = (account.epoch or 0) + 1
local written = cjson.encode(account)
redis.call('HSET', KEYS[1], ARGV[1], written)
redis.call('PUBLISH', ARGV[4], ARGV[5])
return {'written', written}
