import { script } from './scripts';

/** KEYS seals, sealed ends. ARGV number, signed seal, then in turns chain and end as it is kept. Gives 0 when the number is not the next one. */
export const ADD_SEAL = script(`
if redis.call('LLEN', KEYS[1]) + 1 ~= tonumber(ARGV[1]) then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
for place = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[place], ARGV[place + 1]) end
return 1`);

/**
 * KEYS request, audit, delivered, open, unreported, by-label, archived, sealed ends, and the plan's if there is one. ARGV id, rev seen, seq and
 * head of the chain seen, label, where it is. Gives 0 when it may not leave.
 */
export const ARCHIVE = script(`
local seen = redis.call('HMGET', KEYS[1], 'rev', 'seq', 'head')
if seen[1] ~= ARGV[2] or seen[2] ~= ARGV[3] or seen[3] ~= ARGV[4] then return 0 end
if redis.call('ZSCORE', KEYS[4], ARGV[1]) or redis.call('ZSCORE', KEYS[5], ARGV[1]) then return 0 end
redis.call('HSET', KEYS[7], ARGV[5], ARGV[6])
redis.call('HDEL', KEYS[6], ARGV[5])
redis.call('HDEL', KEYS[8], ARGV[1])
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
if KEYS[9] then redis.call('DEL', KEYS[9]) end
return 1`);

/** KEYS stream, how far it was trimmed. ARGV the last position to go, the first that may stay. */
export const TRIM_STREAM = script(`
redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
redis.call('SET', KEYS[2], ARGV[1])
return 1`);
