-- KEYS: level   ARGV: how many a minute
-- Returns 0, or the seconds after which one more fits.
return over_limit(KEYS[1], tonumber(ARGV[1]))
