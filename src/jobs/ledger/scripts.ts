/**
 * The ledger's scripts. Redis runs each as one step, so state, index and audit change together or not at all.
 * Times are Redis' own (TIME), in milliseconds.
 */
const now = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/** KEYS request, audit, stream, open, unreported, intake key, labels. ARGV id, record, intake key life in seconds, label key prefix, audit record, hash. */
export const RECORD_INTAKE = `
local known = redis.call('GET', KEYS[6])
if known then return {0, known} end
${now}
local label = 'R-' .. (1000 + redis.call('INCR', KEYS[7]))
redis.call('SET', KEYS[6], ARGV[1], 'EX', ARGV[3])
redis.call('SET', ARGV[4] .. label, ARGV[1])
redis.call('HSET', KEYS[1], 'state', 'planning', 'rev', 0, 'record', ARGV[2], 'label', label, 'since', now, 'seq', 1, 'head', ARGV[6])
redis.call('RPUSH', KEYS[2], ARGV[5])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[5])
redis.call('SADD', KEYS[4], ARGV[1])
redis.call('SADD', KEYS[5], ARGV[1])
return {1, ARGV[1]}`;

/**
 * KEYS request, audit, stream, open, unreported. ARGV id, state seen, rev seen, head seen, state, record, '1' if ended, audit record, hash.
 * Gives {1} done, {0} somebody else was first, {2, seq, head} only the chain has grown: link again.
 */
export const COMMIT = `
local seen = redis.call('HMGET', KEYS[1], 'state', 'rev', 'head', 'seq')
if not seen[1] or seen[1] ~= ARGV[2] or seen[2] ~= ARGV[3] then return {0} end
if seen[3] ~= ARGV[4] then return {2, seen[4], seen[3]} end
${now}
redis.call('HSET', KEYS[1], 'state', ARGV[5], 'record', ARGV[6], 'head', ARGV[9])
redis.call('HINCRBY', KEYS[1], 'rev', 1)
redis.call('HINCRBY', KEYS[1], 'seq', 1)
if ARGV[5] ~= ARGV[2] then redis.call('HSET', KEYS[1], 'since', now) end
redis.call('RPUSH', KEYS[2], ARGV[8])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[8])
if ARGV[7] == '1' then redis.call('SREM', KEYS[4], ARGV[1]) else redis.call('SADD', KEYS[4], ARGV[1]) end
redis.call('SADD', KEYS[5], ARGV[1])
return {1}`;

/** KEYS request (or the system chain's own hash), audit, stream. ARGV head seen, audit record, hash. Gives {1} or {2, seq, head}. */
export const NOTE = `
local seen = redis.call('HMGET', KEYS[1], 'head', 'seq')
local head = seen[1] or string.rep('0', 64)
if head ~= ARGV[1] then return {2, seen[2] or '0', head} end
redis.call('HSET', KEYS[1], 'head', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[2])
return {1}`;

/** KEYS request, unreported. ARGV id, rev. */
export const MARK_REPORTED = `
if redis.call('HGET', KEYS[1], 'rev') == ARGV[2] then redis.call('SREM', KEYS[2], ARGV[1]) end
return 1`;

/** KEYS lease, tokens. ARGV holder, life in ms. Gives {token, until} or {}. A lease is a hash with an expiry of its own. */
export const TAKE_LEASE = `
${now}
local held = redis.call('HMGET', KEYS[1], 'holder', 'token')
if held[1] and held[1] ~= ARGV[1] then return {} end
local token = held[2] or redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', token)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {tonumber(token), now + tonumber(ARGV[2])}`;

/** KEYS lease. ARGV holder, token, life in ms (0 releases). Gives 1 when it was ours. */
export const HOLD_LEASE = `
local held = redis.call('HMGET', KEYS[1], 'holder', 'token')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then return 0 end
if ARGV[3] == '0' then redis.call('DEL', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1`;
