import { parsedRecords } from '../../../src/jobs/ledger/parsed-records';
import { storedPlans } from '../../../src/jobs/ledger/stored-plans';
import { writeDown } from '../../../src/jobs/ledger/stored-record';
import { approvedRecord, approver } from '../../support/request-record';

const plans = storedPlans(() => Promise.resolve(null));
const idOf = (number: number) => number.toString(16).padStart(32, '0');
const record = approvedRecord(approver);
const { text } = writeDown(record, plans);
const head = 'a'.repeat(64);

/** A request's hash as Redis gives it: each time in strings of its own. */
function hash(change: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { label, state } = record;
  const fields = { record: text, label, state, since: '1000', rev: '3', seq: '4', head, ...change };
  return JSON.parse(JSON.stringify(fields)) as Record<string, string>;
}

const withTrouble = (words: string) => {
  const trouble = { code: 'x', summary: words, remedy: '' };
  return JSON.stringify({ ...(JSON.parse(text) as object), trouble });
};

describe('records that were read from the same texts before', () => {
  it('are the same object, in which nothing can be changed', () => {
    const records = parsedRecords();
    const first = records.read(idOf(1), hash());
    expect(records.read(idOf(1), hash())).toBe(first);
    expect(() => Object.assign(first, { rev: 4 })).toThrow(TypeError);
    expect(() => Object.assign(first.intake.statement, { command: 'other' })).toThrow(TypeError);
  });

  it.each([
    ['record', withTrouble('new'), { trouble: { summary: 'new' } }],
    ['label', 'R-9', { label: 'R-9' }],
    ['state', 'running', { state: 'running' }],
    ['since', '1001', { since: 1_001 }],
    ['rev', '4', { rev: 4 }],
    ['seq', '5', { audit: { seq: 5 } }],
    ['head', 'b'.repeat(64), { audit: { head: 'b'.repeat(64) } }],
  ])('are read anew when their %s is another, whatever else stayed', (field, value, said) => {
    const records = parsedRecords();
    const first = records.read(idOf(1), hash());
    const other = records.read(idOf(1), hash({ [field]: value }));
    expect(other).not.toBe(first);
    expect(other).toMatchObject(said);
  });

  it('are told from those of another request', () => {
    const records = parsedRecords();
    expect([1, 2].map((number) => records.read(idOf(number), hash()).id)).toEqual([idOf(1), idOf(2)]);
  });

  it('are refused as often as they are no records', () => {
    const records = parsedRecords();
    records.read(idOf(1), hash());
    for (const wrong of [{ record: '{' }, { rev: 'x' }, { record: '{' }])
      expect(() => records.read(idOf(1), hash(wrong))).toThrow(
        expect.objectContaining({ code: 'ledger.malformed' }),
      );
  });

  it('are read every time with a whole plan, which nobody but a forger writes, and when they are long', () => {
    const whole = JSON.stringify({ ...(JSON.parse(text) as object), plan: record.plan });
    for (const odd of [whole, withTrouble('x'.repeat(65_536))]) {
      const records = parsedRecords();
      const first = records.read(idOf(1), hash({ record: odd }));
      expect(records.read(idOf(1), hash({ record: odd }))).not.toBe(first);
    }
  });

  it('are forgotten when two hundred and fifty-six others were wanted since', () => {
    const records = parsedRecords();
    const first = records.read(idOf(0), hash());
    for (let number = 1; number < 256; number += 1) records.read(idOf(number), hash());
    expect(records.read(idOf(0), hash())).toBe(first);
    for (let number = 1; number <= 256; number += 1) records.read(idOf(number), hash());
    expect(records.read(idOf(0), hash())).not.toBe(first);
  });
});
