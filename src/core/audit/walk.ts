import { digest } from '../canonical';
import { CHAIN_START, type AuditRecord } from '../request/audit';
import { chainName, type Flaw } from './flaw';
import { comparePositions, linkOf, STREAM_START, type StreamRecord } from './stream';

/** The end of a chain. */
export interface ChainEnd {
  readonly seq: number;
  readonly head: string;
}

/** A chain as far as it was walked. */
export interface WalkedChain extends ChainEnd {
  readonly label: string;
  /** The hashes that the records carry, by their numbers. */
  readonly hashes: ReadonlyMap<number, string>;
}

/** The records of a stream, one after the other, each against what came before it in its chain. */
export interface Walk {
  /** What is wrong with the next record. */
  take(record: StreamRecord): readonly Flaw[];
  readonly chains: ReadonlyMap<string, WalkedChain>;
  /** A chain as far as it was walked, or where it ended before the walk began. */
  chainOf(chain: string): WalkedChain | null;
  /** Of the last record, `STREAM_START` before the first. */
  readonly position: string;
  /** How many there were. */
  readonly count: number;
}

/**
 * Begins a walk. Of a stream whose beginning is not there any more, `startOf` gives the ends that its chains had then; null: the chain
 * had not begun. After a record that is wrong the walk goes on from what it says itself, so that one edit is told once.
 */
export function beginWalk(startOf: (chain: string) => ChainEnd | null = () => null): Walk {
  const chains = new Map<string, WalkedChain & { hashes: Map<number, string> }>();
  let position = STREAM_START;
  let count = 0;
  return {
    take(record) {
      const flaws: Flaw[] = [];
      if (comparePositions(record.position, position) <= 0) {
        flaws.push({ place: record.position, what: 'The positions of the stream do not grow here.' });
      }
      position = record.position;
      count += 1;
      const link = linkOf(record);
      if (!link) return [...flaws, { place: record.position, what: 'What stands here is no audit record.' }];
      const chain = chains.get(link.request);
      const end = chain ?? startOf(link.request) ?? { seq: 0, head: CHAIN_START };
      const name = chainName(record.label || (chain?.label ?? ''), link.request);
      const what = wrongWith(link, end);
      if (what !== null) flaws.push({ place: `${name}, record ${link.seq} (${record.position})`, what });
      const { label, hashes } = chain ?? { label: record.label, hashes: new Map<number, string>() };
      // One that is doubled or out of order moves the end of its chain nowhere.
      const now = link.seq > end.seq ? { seq: link.seq, head: link.hash } : end;
      if (!chain && end.seq > 0) hashes.set(end.seq, end.head);
      if (link.seq > end.seq) hashes.set(link.seq, link.hash);
      chains.set(link.request, { label, hashes, ...now });
      return flaws;
    },
    chains,
    chainOf(chain) {
      const start = startOf(chain);
      const before = start && { label: '', ...start, hashes: new Map([[start.seq, start.head]]) };
      return chains.get(chain) ?? before;
    },
    get position() {
      return position;
    },
    get count() {
      return count;
    },
  };
}

/** Why a record does not follow from the end of its chain, or null. */
function wrongWith({ hash, ...body }: AuditRecord, end: ChainEnd): string | null {
  if (digest(body) !== hash) return 'It was edited: its hash is not that of what it says.';
  if (body.seq <= end.seq) return `It stands here after record ${end.seq}: doubled, or out of order.`;
  if (body.seq > end.seq + 1) return `${missing(end.seq + 1, body.seq - 1)} before it.`;
  return body.prev === end.head
    ? null
    : `It does not follow from record ${end.seq}: one of them was replaced.`;
}

function missing(from: number, to: number): string {
  return from === to ? `Record ${from} is missing` : `Records ${from} to ${to} are missing`;
}
