import type { AuditLedger } from '../../core/audit/audit-port';
import { readSealText } from '../../core/audit/seal-schema';
import { STREAM_START } from '../../core/audit/stream';
import { SYSTEM_CHAIN } from '../../core/request/audit';
import { ADD_SEAL } from './audit-scripts';
import { malformed } from './ledger-fault';
import type { Store } from './redis-chains';
import { numberOf } from './parsed-records';

const sealedEnd = /^(\d{1,12}) (\d{1,15}) ([0-9a-f]{64})$/;

/** The whole audit in Redis: the stream of all records, its seals, and where they found each chain to end. */
export function redisAudit({ redis, keys }: Store): AuditLedger {
  return {
    async auditStream(after, limit) {
      const found = await redis.read((calls) => calls.xrange(keys.stream, `(${after}`, '+', 'COUNT', limit));
      return found.map(([position, fields]) => ({
        position,
        label: fieldOf(fields, 'label'),
        text: fieldOf(fields, 'record'),
      }));
    },
    async auditEnd() {
      const [last] = await redis.read((calls) => calls.xrevrange(keys.stream, '+', '-', 'COUNT', 1));
      return last?.[0] ?? STREAM_START;
    },
    async chainEnd(chain) {
      const hash = chain === SYSTEM_CHAIN ? keys.systemChain : keys.request(chain);
      const [seq, head] = await redis.read((calls) => calls.hmget(hash, 'seq', 'head'));
      return typeof head === 'string' ? { seq: numberOf(seq), head } : null;
    },
    requestIds: async () => new Map(Object.entries(await redis.read((calls) => calls.hgetall(keys.byLabel)))),
    async seals(from, limit) {
      const texts = await redis.read((calls) => calls.lrange(keys.seals, from - 1, from + limit - 2));
      return texts.map(readSealText);
    },
    async lastSeal() {
      const [text] = await redis.read((calls) => calls.lrange(keys.seals, -1, -1));
      if (text === undefined) return null;
      const last = readSealText(text);
      if (!last) throw malformed('The last seal');
      return last;
    },
    async addSeal(signed) {
      const { number, ends } = signed.seal;
      const marks = ends.flatMap(({ chain, seq, head }) => [chain, `${number} ${seq} ${head}`]);
      const args = [number, JSON.stringify(signed), ...marks];
      return (await redis.run(ADD_SEAL, [keys.seals, keys.sealedEnds], args)) === 1;
    },
    async sealedEnd(chain) {
      const text = await redis.read((calls) => calls.hget(keys.sealedEnds, chain));
      const [, seal, seq, head] = sealedEnd.exec(text ?? '') ?? [];
      return head === undefined ? null : { seal: Number(seal), seq: Number(seq), head };
    },
  };
}

/** What a stream's entry says under that name; '' when it says nothing: then it is no record. */
function fieldOf(fields: readonly string[], name: string): string {
  const at = fields.findIndex((field, index) => index % 2 === 0 && field === name);
  return at === -1 ? '' : (fields[at + 1] ?? '');
}
