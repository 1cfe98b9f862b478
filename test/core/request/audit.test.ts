import fc from 'fast-check';
import { brokenLink, chain, CHAIN_START, type AuditRecord } from '../../../src/core/request/audit';

function chainOf(length: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (let at = 1; at <= length; at += 1) {
    const last = records.at(-1);
    const end = { seq: last?.seq ?? 0, head: last?.hash ?? CHAIN_START };
    records.push(
      chain('r', end, { what: 'step', who: 'directory/1', at, detail: { value: `v${at}`, list: ['a'] } }),
    );
  }
  return records;
}

describe('an audit chain', () => {
  it('holds as written', () => {
    expect(brokenLink(chainOf(20))).toBeNull();
  });

  const index = fc.integer({ min: 0, max: 18 });
  it('names the place of an edited record', () => {
    fc.assert(
      fc.property(index, (place) => {
        const records = chainOf(20).map((record, i) => (i === place ? { ...record, who: 'bot' } : record));
        expect(brokenLink(records)).toBe(place);
      }),
    );
  });

  it('names the place of a removed, doubled or swapped record', () => {
    fc.assert(
      fc.property(index, (place) => {
        const records = chainOf(20);
        expect(brokenLink(records.toSpliced(place, 1))).toBe(place);
        expect(brokenLink(records.toSpliced(place + 1, 0, ...records.slice(place, place + 1)))).toBe(
          place + 1,
        );
        const swapped = records.toSpliced(place, 2, ...records.slice(place, place + 2).toReversed());
        expect(brokenLink(swapped)).toBe(place);
      }),
    );
  });

  it('names a record that was rehashed after an edit by the one after it', () => {
    const records = chainOf(5);
    const { hash: _, request, seq, prev, ...entry } = records[1] as AuditRecord;
    const forged = chain(request, { seq: seq - 1, head: prev }, { ...entry, who: 'bot' });
    expect(brokenLink(records.toSpliced(1, 1, forged))).toBe(2);
  });
});
