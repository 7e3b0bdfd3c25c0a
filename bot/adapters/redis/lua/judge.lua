-- Keeps what the citizen thinks of a message, or of the talk with an operator.
-- KEYS: messages, feedback   ARGV: message ID ('' for the talk), feedback (JSON), seconds to keep
-- Returns 1, or 0 if there is no such message.
local about = ARGV[1]
if about == '' then about = 'conversation'
elseif #redis.call('XRANGE', KEYS[1], about, about) == 0 then return 0 end
redis.call('HSET', KEYS[2], about, ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
