import type { Archived } from '../../core/audit/archive-port';
import { chainName, type Flaw } from '../../core/audit/flaw';
import type { ChainEnd, Walk, WalkedChain } from '../../core/audit/walk';
import { brokenLink, SYSTEM_CHAIN, type AuditRecord } from '../../core/request/audit';
import { ledgerRecords, type AuditSource } from './ledger-copy';

/** What is read of one chain. The end is read first: the chain may only grow after it. */
interface ReadChain {
  readonly chain: string;
  readonly label: string;
  readonly end: ChainEnd | null;
  readonly records: readonly AuditRecord[];
}

/**
 * Verifies that each request's own chain says what the stream says about it. The stream was walked before the chains are read, so it is
 * walked on afterwards: whatever a chain has, the stream must have by then.
 */
export async function verifyChains(ledger: AuditSource, walk: Walk): Promise<readonly Flaw[]> {
  const labels = new Map([...(await ledger.requestIds())].map(([label, id]) => [id, label]));
  const walked = new Map([...walk.chains].map(([chain, { label }]) => [chain, label]));
  const archived = await ledger.allArchived();
  const chains: ReadChain[] = [];
  const flaws: Flaw[] = [];
  for (const chain of new Set([...labels.keys(), ...walked.keys()])) {
    const label = labels.get(chain) ?? walked.get(chain) ?? '';
    const end = await ledger.chainEnd(chain);
    const read = { chain, label, end, records: await ledger.audit(chain) };
    const known = walk.chainOf(chain);
    const moved = archived.get(chain);
    if (moved && !end && read.records.length === 0) {
      flaws.push(...movedWrong(moved, known));
      continue;
    }
    flaws.push(...verifyChain(read, known));
    // Most stand still: what is settled need not be kept.
    if (read.records.length > (known?.seq ?? 0)) chains.push(read);
  }
  for await (const record of ledgerRecords(ledger, walk.position)) walk.take(record);
  return [...flaws, ...chains.flatMap((read) => missingInStream(read, walk.chainOf(read.chain)))];
}

function verifyChain({ chain, label, end, records }: ReadChain, walked: WalkedChain | null): readonly Flaw[] {
  const name = chainName(label, chain);
  const flaw = (seq: number, what: string): readonly Flaw[] => [{ place: `${name}, record ${seq}`, what }];
  const broken = brokenLink(records);
  if (broken !== null) return flaw(broken + 1, brokenWhy(records, broken));
  const last = records.length;
  const expected = Math.max(walked?.seq ?? 0, end?.seq ?? 0);
  if (last < expected) {
    return flaw(last + 1, `The request’s own chain ends before it; ${expected} records were written.`);
  }
  // The chain may have grown since its end was read, and never the other way round.
  if (end && records[end.seq - 1]?.hash !== end.head) {
    return flaw(end.seq, 'The end that is kept beside the chain is another one.');
  }
  if (!end && chain !== SYSTEM_CHAIN) return [{ place: name, what: 'The request itself is missing.' }];
  const other = records.findIndex(({ seq, hash }) => {
    const streamed = walked?.hashes.get(seq);
    // What was trimmed from the stream is held against the seals, which say where the chain ended.
    return streamed !== undefined && streamed !== hash;
  });
  return other === -1 ? [] : flaw(other + 1, 'The request’s own chain and the stream say different things.');
}

function brokenWhy(records: readonly AuditRecord[], at: number): string {
  const { seq, what } = records[at] ?? { seq: -1, what: '' };
  if (seq === -1 && what === 'unreadable')
    return 'What stands here in the request’s own chain is no audit record.';
  if (seq !== at + 1)
    return `In the request’s own chain stands record ${seq} here: one is missing, doubled or out of order.`;
  return 'In the request’s own chain it was edited, or does not follow from the one before.';
}

/** A request that was moved out must have been whole when it went. */
function movedWrong({ label, seq, head }: Archived, walked: WalkedChain | null): readonly Flaw[] {
  const isSame = !walked || (walked.seq === seq && walked.head === head);
  if (isSame) return [];
  return [
    { place: `${label}, record ${seq}`, what: 'It was archived with another end than the stream has.' },
  ];
}

function missingInStream({ chain, label, records }: ReadChain, walked: WalkedChain | null): readonly Flaw[] {
  const first = Math.min(...(walked?.hashes.keys() ?? [1]));
  const missing = records.find(({ seq, hash }) => seq >= first && walked?.hashes.get(seq) !== hash);
  if (!missing) return [];
  const place = `${chainName(label, chain)}, record ${missing.seq}`;
  return [{ place, what: 'It stands in the request’s own chain and not in the stream.' }];
}
