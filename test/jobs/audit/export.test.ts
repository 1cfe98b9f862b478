import fc from 'fast-check';
import type { StreamRecord } from '../../../src/core/audit/stream';
import { chain, CHAIN_START, type AuditEntry } from '../../../src/core/request/audit';
import { csvCell, exportLines, type Format, type Wanted } from '../../../src/jobs/audit/export';

const noon = Date.UTC(2026, 10, 28, 12);
const DAY = 86_400_000;

function record(request: string, at: number, entry: Partial<AuditEntry>): StreamRecord {
  const whole = { what: 'step', who: 'directory/1', at, detail: {}, ...entry };
  const link = chain(request, { seq: 0, head: CHAIN_START }, whole);
  return { position: `${at}-0`, label: `R-${request}`, text: JSON.stringify(link) };
}

const command = (text: string) => ({
  what: 'intake',
  who: '-/T1/U1',
  detail: { command: text, channel: 'C1' },
});
const records = [
  record('1', noon - DAY, command('delegate hyper-v01 -> hyper-v02 cifs --ticket CHG-7')),
  record('2', noon - DAY + 1, command('delegate hyper-v01 -> hyper-v03 cifs')),
  record('1', noon, { detail: { server: 'dc1', added: ['cifs/a', 'cifs/b'] } }),
  record('2', noon + 1, { detail: { server: 'dc2', reason: '=HYPERLINK("http://evil","x")' } }),
  { position: `${noon + 2}-0`, label: '', text: 'no record' },
];

async function exported(wanted: Partial<Wanted>, format: Format): Promise<string[]> {
  async function* all(): AsyncIterable<StreamRecord> {
    yield* records;
  }
  const lines: string[] = [];
  for await (const line of exportLines(all(), { since: 0, ticket: null, ...wanted }, format))
    lines.push(line);
  return lines;
}

/** A table as RFC 4180 has it, read by hand. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));
}

describe('an export of the audit', () => {
  it('has each record as a line of JSON, with its ticket', async () => {
    const lines = (await exported({}, 'jsonl')).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ label, ticket, what }) => [label, ticket, what])).toEqual([
      ['R-1', 'CHG-7', 'intake'],
      ['R-2', null, 'intake'],
      ['R-1', 'CHG-7', 'step'],
      ['R-2', null, 'step'],
    ]);
  });

  it('has only what is wanted, also of a request that is older than that', async () => {
    const since = await exported({ since: noon }, 'jsonl');
    expect(since).toHaveLength(2);
    const ticket = await exported({ since: noon, ticket: 'CHG-7' }, 'jsonl');
    expect(ticket.map((line) => (JSON.parse(line) as { position: string }).position)).toEqual([`${noon}-0`]);
    expect(await exported({ ticket: 'CHG' }, 'jsonl')).toEqual([]);
  });

  it('is a table with a header', async () => {
    const [header, ...lines] = await exported({}, 'csv');
    expect(header).toBe('position,time,request,ticket,seq,what,who,server,detail,hash');
    expect(cellsOf(lines[2] ?? '').slice(1, 8)).toEqual([
      '2026-11-28T12:00:00.000Z',
      'R-1',
      'CHG-7',
      '1',
      'step',
      'directory/1',
      'dc1',
    ]);
    expect(cellsOf(lines[0] ?? '')[6]).toBe("'-/T1/U1");
  });

  it('lets no cell be taken for a formula, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('=+-@\t\r\n "\',|%;a1')) }), (text) => {
        const [cell = ''] = cellsOf(csvCell(text));
        expect(cell).not.toMatch(/^\s*[=+\-@\t\r|%]/);
        expect([text, `'${text}`]).toContain(cell);
      }),
    );
  });
});
