import type { AuditLedger } from '../../core/audit/audit-port';
import type { SignedSeal } from '../../core/audit/seal';
import { comparePositions, STREAM_START } from '../../core/audit/stream';
import type { Shelf } from './memory-shelf';

/** The whole audit in memory. */
export function memoryAudit({ stream, chains, requests }: Shelf): AuditLedger {
  const seals: SignedSeal[] = [];
  const copyOf = (signed: SignedSeal | undefined): SignedSeal | null =>
    signed ? structuredClone(signed) : null;
  return {
    async auditStream(after, limit) {
      return stream.filter(({ position }) => comparePositions(position, after) > 0).slice(0, limit);
    },
    auditEnd: async () => stream.at(-1)?.position ?? STREAM_START,
    async chainEnd(chain) {
      const last = chains.get(chain)?.at(-1);
      return last ? { seq: last.seq, head: last.hash } : null;
    },
    requestIds: async () => new Map([...requests].map(([id, { label }]) => [label, id])),
    seals: async (from, limit) => structuredClone(seals.slice(from - 1, from - 1 + limit)),
    lastSeal: async () => copyOf(seals.at(-1)),
    async addSeal(signed) {
      if (signed.seal.number !== seals.length + 1) return false;
      seals.push(structuredClone(signed));
      return true;
    },
    async sealedEnd(chain) {
      const found = seals.findLast(({ seal }) => seal.ends.some((end) => end.chain === chain));
      const end = found?.seal.ends.find((each) => each.chain === chain);
      return found && end ? { seal: found.seal.number, seq: end.seq, head: end.head } : null;
    },
  };
}
