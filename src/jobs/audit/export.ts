import { readAuditText } from '../../core/audit/record-text';
import { timeOfPosition, type StreamRecord } from '../../core/audit/stream';
import { isChange } from '../../core/commands/ask';
import { parseCommand } from '../../core/commands/parse';
import type { AuditRecord } from '../../core/request/audit';

/** Which records are wanted. */
export interface Wanted {
  /** By the ledger's time, milliseconds since 1970. */
  readonly since: number;
  /** Only of requests with this ticket. */
  readonly ticket: string | null;
}

export type Format = 'jsonl' | 'csv';

interface Exported extends AuditRecord {
  readonly position: string;
  readonly label: string;
  readonly ticket: string | null;
}

const COLUMNS = [
  'position',
  'time',
  'request',
  'ticket',
  'seq',
  'what',
  'who',
  'server',
  'detail',
  'hash',
] as const;

/** The wanted records as lines, the header of a table first. What is no record is left out: `verify` finds it. */
export async function* exportLines(
  records: AsyncIterable<StreamRecord>,
  { since, ticket }: Wanted,
  format: Format,
): AsyncIterable<string> {
  const tickets = new Map<string, string | null>();
  if (format === 'csv') yield COLUMNS.join(',');
  for await (const record of records) {
    const link = readAuditText(record.text);
    if (!link) continue;
    // A request's first record names its ticket, also when it is older than what is wanted.
    if (link.what === 'intake') tickets.set(link.request, ticketIn(link));
    const own = tickets.get(link.request) ?? null;
    const isWanted = timeOfPosition(record.position) >= since && (ticket === null || own === ticket);
    if (!isWanted) continue;
    const told = { position: record.position, label: record.label, ticket: own, ...link };
    yield format === 'csv' ? csvLine(told) : JSON.stringify(told);
  }
}

function ticketIn({ detail }: AuditRecord): string | null {
  const { command } = detail;
  const parsed = typeof command === 'string' ? parseCommand('/hv', command) : null;
  if (!parsed?.ok || !isChange(parsed.ask)) return null;
  return 'ticket' in parsed.ask ? parsed.ask.ticket : null;
}

function csvLine(told: Exported): string {
  const { position, label, ticket, seq, what, who, detail, hash, at } = told;
  const { server = '' } = detail;
  const time = new Date(at).toISOString();
  const cells = [position, time, label, ticket ?? '', seq, what, who, server, JSON.stringify(detail), hash];
  return cells.map((cell) => csvCell(String(cell))).join(',');
}

/**
 * One cell of a table (RFC 4180). A spreadsheet takes a text that begins like this for a formula, and a formula may send away what is
 * beside it; after an apostrophe it is text.
 */
export function csvCell(text: string): string {
  const inert = /^[\s]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
