import { digest } from '../canonical';

/** What happened, before it is chained. `who` is a person's `enterprise/team/user`, a role with its worker id, or `rule:<name>`. */
export interface AuditEntry {
  readonly what: string;
  readonly who: string;
  readonly at: number;
  readonly detail: { readonly [key: string]: string | number | boolean | null | readonly string[] };
}

/** What one transition records, in its order: mostly one thing, but a step may begin as the one before it ends. */
export type Happened = AuditEntry | readonly [AuditEntry, ...AuditEntry[]];

/** One link of a chain: `hash` is SHA-256 over the previous hash, the sequence number and the entry. */
export interface AuditRecord extends AuditEntry {
  readonly request: string;
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

/** The `prev` of a chain's first record. */
export const CHAIN_START = '0'.repeat(64);

/** The chain for what belongs to no request (a forged job that names none, for instance). */
export const SYSTEM_CHAIN = 'system';

/** Links an entry to the end of a chain. */
export function chain(request: string, end: { seq: number; head: string }, entry: AuditEntry): AuditRecord {
  const body = { ...entry, request, seq: end.seq + 1, prev: end.head };
  return { ...body, hash: digest(body) };
}

/** Links all that happened to the end of a chain, and gives the links and the new end. */
export function chainAll(
  request: string,
  end: { seq: number; head: string },
  happened: Happened,
): { links: readonly AuditRecord[]; end: { seq: number; head: string } } {
  const links: AuditRecord[] = [];
  let last = end;
  for (const entry of [happened].flat()) {
    const link = chain(request, last, entry);
    links.push(link);
    last = { seq: link.seq, head: link.hash };
  }
  return { links, end: last };
}

/** Position of the first record that does not follow from the one before it, or null when the chain holds. */
export function brokenLink(records: readonly AuditRecord[]): number | null {
  let head = CHAIN_START;
  for (const [index, { hash, ...body }] of records.entries()) {
    if (body.seq !== index + 1 || body.prev !== head || digest(body) !== hash) return index;
    head = hash;
  }
  return null;
}
