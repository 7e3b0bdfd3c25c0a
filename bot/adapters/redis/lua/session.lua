-- A session, and the account that it belongs to as it is now.
-- KEYS: session, operators   Returns {session, account}, or nothing if either is gone.
local session = redis.call('GET', KEYS[1])
if not session then return {} end
local account = redis.call('HGET', KEYS[2], cjson.decode(session).name)
if not account then return {} end
return {session, account}
