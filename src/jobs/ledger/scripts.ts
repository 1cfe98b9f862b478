import { createHash } from 'node:crypto';

/** One Lua script, which Redis runs as one step: state, index and audit change together or not at all. */
export interface Script {
  readonly text: string;
  /** SHA-1, by which Redis remembers it. */
  readonly sha: string;
}

function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text, 'utf8').digest('hex') };
}

/** Times are Redis' own, in milliseconds. */
const now = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/**
 * KEYS request, audit, stream, open, unreported, intake key, labels, by-label. ARGV id, record, intake key's life in seconds, audit
 * record, hash. Gives {1, id}, or {0, id} of the request that this key, or an intake with this id, has made before.
 */
export const RECORD_INTAKE = script(`
local known = redis.call('GET', KEYS[6])
if known then return {0, known} end
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('SET', KEYS[6], ARGV[1], 'EX', ARGV[3])
  return {0, ARGV[1]}
end
${now}
local label = 'R-' .. (1000 + redis.call('INCR', KEYS[7]))
redis.call('SET', KEYS[6], ARGV[1], 'EX', ARGV[3])
redis.call('HSET', KEYS[8], label, ARGV[1])
redis.call('HSET', KEYS[1], 'state', 'planning', 'rev', 0, 'record', ARGV[2], 'label', label, 'since', now, 'seq', 1, 'head', ARGV[5])
redis.call('RPUSH', KEYS[2], ARGV[4])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[4])
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('ZADD', KEYS[5], now, ARGV[1])
return {1, ARGV[1], label, now}`);

/**
 * KEYS request, audit, stream, open, unreported, origins. ARGV id, state seen, rev seen, head seen, state, record, '1' if ended, audit
 * record, its seq, its hash, label, how many values this transition records as added, their keys, those of values that it records as removed. Gives {1, since} done, {0} somebody
 * else was first, {2, seq, head} only the chain has grown: link again.
 */
export const COMMIT = script(`
local seen = redis.call('HMGET', KEYS[1], 'state', 'rev', 'head', 'seq', 'since')
if not seen[1] or seen[1] ~= ARGV[2] or seen[2] ~= ARGV[3] then return {0} end
if seen[3] ~= ARGV[4] then return {2, seen[4], seen[3]} end
${now}
local since = seen[5]
if ARGV[5] ~= ARGV[2] then since = now end
redis.call('HSET', KEYS[1], 'state', ARGV[5], 'rev', ARGV[3] + 1, 'record', ARGV[6], 'seq', ARGV[9], 'head', ARGV[10], 'since', since)
redis.call('RPUSH', KEYS[2], ARGV[8])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[8])
if ARGV[7] == '1' then redis.call('ZREM', KEYS[4], ARGV[1]) else redis.call('ZADD', KEYS[4], 'NX', now, ARGV[1]) end
redis.call('ZADD', KEYS[5], 'NX', now, ARGV[1])
local added = 12 + tonumber(ARGV[12])
for at = 13, added do redis.call('HSET', KEYS[6], ARGV[at], ARGV[11]) end
for at = added + 1, #ARGV do redis.call('HDEL', KEYS[6], ARGV[at]) end
return {1, tonumber(since)}`);

/**
 * KEYS hash with the chain's end, audit, stream. ARGV head seen, audit record, its seq, its hash, '1' if the hash must exist.
 * Gives {1}, {0} no such request, or {2, seq, head} the chain has grown: link again.
 */
export const NOTE = script(`
if ARGV[5] == '1' and redis.call('EXISTS', KEYS[1]) == 0 then return {0} end
local seen = redis.call('HMGET', KEYS[1], 'head', 'seq')
local head = seen[1] or string.rep('0', 64)
if head ~= ARGV[1] then return {2, seen[2] or '0', head} end
redis.call('HSET', KEYS[1], 'seq', ARGV[3], 'head', ARGV[4])
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[2])
return {1}`);

/** KEYS baseline. ARGV the text seen ('' for none), the next one. Gives 1 when it was the one seen. */
export const SET_BASELINE = script(`
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`);

/** KEYS request, unreported. ARGV id, rev. */
export const MARK_REPORTED = script(`
if redis.call('HGET', KEYS[1], 'rev') == ARGV[2] then redis.call('ZREM', KEYS[2], ARGV[1]) end
return 1`);

/** KEYS lease, tokens. ARGV holder, life in ms. Gives {token, until} or {}. A lease is a hash with an expiry of its own. */
export const TAKE_LEASE = script(`
${now}
local held = redis.call('HMGET', KEYS[1], 'holder', 'token')
if held[1] and held[1] ~= ARGV[1] then return {} end
local token = held[2] or redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', token)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {tonumber(token), now + tonumber(ARGV[2])}`);

/** KEYS lease. ARGV holder, token, life in ms (0 releases). Gives 1 when it was ours. */
export const HOLD_LEASE = script(`
local held = redis.call('HMGET', KEYS[1], 'holder', 'token')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then return 0 end
if ARGV[3] == '0' then redis.call('DEL', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1`);
