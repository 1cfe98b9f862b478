import { chainName, type Flaw } from '../../core/audit/flaw';
import { readAuditText } from '../../core/audit/record-text';
import { comparePositions, STREAM_START, timeOfPosition, type StreamRecord } from '../../core/audit/stream';
import type { AuditSource } from './ledger-copy';
import type { AuditCopy } from './verify-copy';

/** A record must have been mirrored by this age, in milliseconds. */
const MIRRORED_WITHIN_MS = 5 * 60_000;

const AT_ONCE = 500;

/** The mirror against Redis, record by record. `unmirrored`: how many newer ones the mirror does not have yet. */
export async function compareCopies(
  ledger: AuditSource,
  mirror: AuditCopy['records'],
): Promise<{ readonly flaws: readonly Flaw[]; readonly unmirrored: number }> {
  const trimmed = await ledger.trimmedTo();
  const redis = readAhead(ledger);
  const lacking = {
    redis: run('in the mirror and not in Redis'),
    mirror: run('in Redis and not in the mirror'),
  };
  const flaws: Flaw[] = [];
  for await (const record of mirror) {
    // What was trimmed from Redis only the mirror has.
    if ('strange' in record || comparePositions(record.position, trimmed) <= 0) continue;
    const others = await redis.upTo(record.position);
    const same = others.at(-1);
    const isThere = same?.position === record.position;
    for (const other of isThere ? others.slice(0, -1) : others) lacking.mirror.add(other);
    if (!isThere) {
      lacking.redis.add(record);
      continue;
    }
    lacking.redis.stop();
    lacking.mirror.stop();
    if (same.text !== record.text || same.label !== record.label) {
      flaws.push({ place: nameOf(record), what: 'Redis and the mirror say different things.' });
    }
  }
  const newer = await redis.rest();
  const oldest = (await ledger.time()) - MIRRORED_WITHIN_MS;
  for (const record of newer) if (timeOfPosition(record.position) < oldest) lacking.mirror.add(record);
  return { flaws: [...flaws, ...lacking.redis.flaws, ...lacking.mirror.flaws], unmirrored: newer.length };
}

/** Reads Redis after the mirror's record was read: what the mirror has, Redis had before. */
function readAhead(ledger: AuditSource) {
  let ahead: readonly StreamRecord[] = [];
  let position = STREAM_START;
  const take = (count: number): readonly StreamRecord[] => {
    const taken = ahead.slice(0, count);
    ahead = ahead.slice(count);
    return taken;
  };
  const fill = async (): Promise<boolean> => {
    ahead = await ledger.auditStream(position, AT_ONCE);
    position = ahead.at(-1)?.position ?? position;
    return ahead.length > 0;
  };
  return {
    async upTo(last: string): Promise<readonly StreamRecord[]> {
      const found: StreamRecord[] = [];
      while (ahead.length > 0 || (comparePositions(position, last) < 0 && (await fill()))) {
        const beyond = ahead.findIndex((record) => comparePositions(record.position, last) > 0);
        found.push(...take(beyond === -1 ? ahead.length : beyond));
        if (beyond !== -1 || found.at(-1)?.position === last) break;
      }
      return found;
    },
    async rest(): Promise<readonly StreamRecord[]> {
      const found = [...take(ahead.length)];
      while (await fill()) found.push(...take(ahead.length));
      return found;
    },
  };
}

/** Records that follow each other and are all lacking count as one flaw. */
function run(what: string) {
  const flaws: (Flaw & { readonly count: number })[] = [];
  let isOpen = false;
  return {
    flaws,
    add(record: StreamRecord): void {
      const last = isOpen ? flaws.pop() : undefined;
      const count = (last?.count ?? 0) + 1;
      const place = last?.place ?? nameOf(record);
      flaws.push({
        place,
        what: `From here on ${count === 1 ? '1 record is' : `${count} records are`} ${what}.`,
        count,
      });
      isOpen = true;
    },
    stop(): void {
      isOpen = false;
    },
  };
}

function nameOf({ label, position, text }: StreamRecord): string {
  const link = readAuditText(text);
  return link ? `${chainName(label, link.request)}, record ${link.seq} (${position})` : position;
}
