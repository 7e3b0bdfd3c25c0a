-- Keeps what the citizen thinks of a message or of a talk.
-- KEYS: feedback   ARGV: message ID (or `conversation`), feedback (JSON), seconds to keep
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return redis.call('EXPIRE', KEYS[1], ARGV[3])
