import { createHash } from 'node:crypto';

/** One Lua script, which Redis runs as one step: state, index and audit change together or not at all. */
export interface Script {
  readonly text: string;
  /** SHA-1, by which Redis remembers it. */
  readonly sha: string;
}

/** A script by its text. */
export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text, 'utf8').digest('hex') };
}

/** Times are Redis' own, in milliseconds. */
const now = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/** How a request begins, on KEYS request, audit, stream, open, unreported and ARGV 1 id, 2 record, 4 audit record, 5 its hash. */
function begin({ labels, byLabel, state }: { labels: string; byLabel: string; state: string }): string {
  return `
${now}
local label = 'R-' .. (1000 + redis.call('INCR', ${labels}))
redis.call('HSET', ${byLabel}, label, ARGV[1])
redis.call('HSET', KEYS[1], 'state', ${state}, 'rev', 0, 'record', ARGV[2], 'label', label, 'since', now, 'seq', 1, 'head', ARGV[5])
redis.call('RPUSH', KEYS[2], ARGV[4])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[4], 'label', label)
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('ZADD', KEYS[5], now, ARGV[1])
return {1, ARGV[1], label, now}`;
}

/**
 * KEYS request, audit, stream, open, unreported, intake key, labels, by-label. ARGV id, record, intake key's life in seconds, audit
 * record, hash. Gives {1, id, label, since}, or {0, id} of the request that this key, or an intake with this id, has made before.
 */
export const RECORD_INTAKE = script(`
local known = redis.call('GET', KEYS[6])
if known then return {0, known} end
redis.call('SET', KEYS[6], ARGV[1], 'EX', ARGV[3])
if redis.call('EXISTS', KEYS[1]) == 1 then return {0, ARGV[1]} end
${begin({ labels: 'KEYS[7]', byLabel: 'KEYS[8]', state: "'planning'" })}`);

/**
 * KEYS request, audit, stream, open, unreported, labels, by-label. ARGV id, record, state, audit record, hash. Gives {1, id, label, since},
 * or {0, id} when there is one with this id, which is left as it is.
 */
export const RECORD_REVERSAL = script(`
if redis.call('EXISTS', KEYS[1]) == 1 then return {0, ARGV[1]} end
${begin({ labels: 'KEYS[6]', byLabel: 'KEYS[7]', state: 'ARGV[3]' })}`);

/**
 * KEYS request, audit, stream, open, unreported, origins, claims, writes, changing, to-review, and the plan's if it is to be written. ARGV 1 id, 2 state seen,
 * 3 rev seen, 4 head seen, 5 state, 6 record, 7 '1' if ended, '2' if it is also to be reviewed, 8 the chain's new seq, 9 and head, 10 label, 11 until ('' for good), 12 the
 * plan's text ('' if it is not to be written); from 13 on seven lists, each after its length: audit records, keys of values of which this
 * request is the origin, of those that it only keeps, of those that it has removed, in turns GUID and server of its writes, and the GUIDs of
 * objects that its plan changes now, and does not change any more. Gives {1, since} done, {0} somebody else was first, {2, seq, head} only the chain has grown: link again.
 *
 * The claims of a value are one text (see keys.ts), of which only what looks like a claim is kept, and only until it is over. A mesh marks
 * 16,128 values: each call is about as many as Lua can unpack with ease.
 */
export const COMMIT = script(`
local seen = redis.call('HMGET', KEYS[1], 'state', 'rev', 'head', 'seq', 'since')
if not seen[1] or seen[1] ~= ARGV[2] or seen[2] ~= ARGV[3] then return {0} end
if seen[3] ~= ARGV[4] then return {2, seen[4], seen[3]} end
${now}
local since = seen[5]
if ARGV[5] ~= ARGV[2] then since = now end
redis.call('HSET', KEYS[1], 'state', ARGV[5], 'rev', ARGV[3] + 1, 'record', ARGV[6], 'seq', ARGV[8], 'head', ARGV[9], 'since', since)
if KEYS[11] then redis.call('SET', KEYS[11], ARGV[12]) end
if ARGV[7] == '0' then redis.call('ZADD', KEYS[4], 'NX', now, ARGV[1]) else redis.call('ZREM', KEYS[4], ARGV[1]) end
if ARGV[7] == '1' then redis.call('ZREM', KEYS[10], ARGV[1]) end
if ARGV[7] == '2' then redis.call('ZADD', KEYS[10], 'NX', now, ARGV[1]) end
redis.call('ZADD', KEYS[5], 'NX', now, ARGV[1])
local mine = ARGV[10] .. '@' .. ARGV[11]
local function claimed(text)
  if not text then return mine end
  local claims = {}
  for label, over in string.gmatch(text, '(R%-%d+)@(%-?%d*)') do
    local lives = over == '' or (tonumber(over) or 0) > now
    if label ~= ARGV[10] and lives then claims[#claims + 1] = label .. '@' .. over end
  end
  claims[#claims + 1] = mine
  return table.concat(claims, ' ')
end
local at = 13
local function list()
  local found = {}
  local last = at + tonumber(ARGV[at])
  for place = at + 1, last do found[#found + 1] = ARGV[place] end
  at = last + 1
  return found
end
local function few(keys, act)
  for first = 1, #keys, 500 do act({unpack(keys, first, math.min(first + 499, #keys))}) end
end
local function pairsOf(keys, textOf)
  local found = {}
  for place, key in ipairs(keys) do
    found[#found + 1] = key
    found[#found + 1] = textOf(place)
  end
  return unpack(found)
end
local function claim(keys)
  local texts = redis.call('HMGET', KEYS[7], unpack(keys))
  redis.call('HSET', KEYS[7], pairsOf(keys, function(place) return claimed(texts[place]) end))
end
for _, record in ipairs(list()) do
  redis.call('RPUSH', KEYS[2], record)
  redis.call('XADD', KEYS[3], '*', 'record', record, 'label', ARGV[10])
end
few(list(), function(keys)
  redis.call('HSET', KEYS[6], pairsOf(keys, function() return ARGV[10] end))
  claim(keys)
end)
few(list(), claim)
few(list(), function(keys)
  redis.call('HDEL', KEYS[6], unpack(keys))
  redis.call('HDEL', KEYS[7], unpack(keys))
end)
local writes = list()
for place = 1, #writes, 2 do redis.call('HSET', KEYS[8], writes[place], now .. ' ' .. writes[place + 1]) end
for _, guid in ipairs(list()) do redis.call('ZADD', KEYS[9], 0, guid .. ' ' .. ARGV[10]) end
for _, guid in ipairs(list()) do redis.call('ZREM', KEYS[9], guid .. ' ' .. ARGV[10]) end
return {1, tonumber(since)}`);

/**
 * KEYS hash with the chain's end, audit, stream, and delivered if a message is told. ARGV head seen, audit record, its seq, its hash, '1' if the
 * hash must exist, and in turns the message's keys and what was delivered of it.
 * Gives {1}, {0} no such request, or {2, seq, head} the chain has grown: link again.
 */
export const NOTE = script(`
if ARGV[5] == '1' and redis.call('EXISTS', KEYS[1]) == 0 then return {0} end
local seen = redis.call('HMGET', KEYS[1], 'head', 'seq', 'label')
local head = seen[1] or string.rep('0', 64)
if head ~= ARGV[1] then return {2, seen[2] or '0', head} end
redis.call('HSET', KEYS[1], 'seq', ARGV[3], 'head', ARGV[4])
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('XADD', KEYS[3], '*', 'record', ARGV[2], 'label', seen[3] or '')
if KEYS[4] then redis.call('HSET', KEYS[4], unpack(ARGV, 6)) end
return {1}`);

/** KEYS request, writes. ARGV state, rev, GUID, server. Gives 1 when the request is still so, and the write is marked. */
export const MARK_WRITE = script(`
local seen = redis.call('HMGET', KEYS[1], 'state', 'rev')
if seen[1] ~= ARGV[1] or seen[2] ~= ARGV[2] then return 0 end
${now}
redis.call('HSET', KEYS[2], ARGV[3], now .. ' ' .. ARGV[4])
return 1`);

/** KEYS a text. ARGV the text seen ('' for none), the next one. Gives 1 when it was the one seen. */
export const SWAP_TEXT = script(`
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`);

/** KEYS a hash. ARGV the field, its text as it was seen ('' for none), the next one. Gives 1 when it was the one seen. */
export const SWAP_FIELD = script(`
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`);

/** KEYS count. ARGV life in ms. Gives how often it was counted since the first time. */
export const COUNT = script(`
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count`);

/** KEYS request, unreported, then lease and ends if one is given back. ARGV id, rev, holder, token, the lease's name. Gives 1 when it is that revision. */
export const MARK_REPORTED = script(`
if redis.call('HGET', KEYS[1], 'rev') ~= ARGV[2] then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
if KEYS[3] then
  local held = redis.call('HMGET', KEYS[3], 'holder', 'token')
  if held[1] == ARGV[3] and held[2] == ARGV[4] then
    redis.call('DEL', KEYS[3])
    redis.call('ZREM', KEYS[4], ARGV[5])
  end
end
return 1`);

/**
 * KEYS lease, tokens, ends. ARGV holder, life in ms, reason, the lease's name among the ends. Gives {token, until} or {}. A lease is a hash with an expiry
 * of its own; the reason is the one that was given last.
 */
export const TAKE_LEASE = script(`
${now}
local held = redis.call('HMGET', KEYS[1], 'holder', 'token')
if held[1] and held[1] ~= ARGV[1] then return {} end
local token = held[2] or redis.call('INCR', KEYS[2])
local over = now + tonumber(ARGV[2])
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', token, 'reason', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[3], over, ARGV[4])
return {tonumber(token), over}`);

/** KEYS lease, ends. ARGV holder, token, life in ms (0 releases), the lease's name among the ends. Gives 1 when it was ours. */
export const HOLD_LEASE = script(`
local held = redis.call('HMGET', KEYS[1], 'holder', 'token')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then return 0 end
if ARGV[3] == '0' then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[4])
  return 1
end
${now}
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('ZADD', KEYS[2], now + tonumber(ARGV[3]), ARGV[4])
return 1`);

/**
 * KEYS ends, then leases. ARGV their names among the ends. Gives {name, holder, reason, until} of each that lives, and takes from the
 * ends what is over and what is named but does not live.
 */
export const LIST_LEASES = script(`
${now}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local found = {}
for at, name in ipairs(ARGV) do
  local held = redis.call('HMGET', KEYS[at + 1], 'holder', 'reason')
  local over = redis.call('ZSCORE', KEYS[1], name)
  if held[1] and over then
    found[#found + 1] = {name, held[1], held[2] or '', tonumber(over)}
  else
    redis.call('ZREM', KEYS[1], name)
  end
end
return found`);
