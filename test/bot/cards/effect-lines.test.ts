import { effectOf } from '../../../src/bot/cards/effect';
import { effectLines } from '../../../src/bot/cards/effect-lines';
import type { DirectoryChange } from '../../../src/core/delegation/plan';
import type { RequestRecord, Step } from '../../../src/core/request/record';
import { changeOf, hostNames, partOf, recordWith, stepOf, trustOf, valuesFor } from '../support/many-hosts';

const list = changeOf('hv01', { add: valuesFor('hv02') });
const trust = trustOf('hv01');
const byHand = changeOf('hv03', { add: valuesFor('hv02'), by: 'hand' });

function record(
  changes: readonly DirectoryChange[],
  steps: readonly Step[],
  state: RequestRecord['state'] = 'partial',
): RequestRecord {
  return recordWith(partOf(changes), { state, steps });
}

const lines = (...given: Parameters<typeof record>) => effectLines(record(...given));

describe('what became of list and trust mode', () => {
  it('is told apart, although both are of one object', () => {
    expect(lines([list, trust], [stepOf(list), stepOf(trust, { kind: 'by-hand' })])).toEqual([
      'Written on dc1: 4 values added to hv01.',
      'Done by hand and seen on dc1: “Use any authentication protocol” set for hv01.',
    ]);
    expect(lines([list, trust], [stepOf(trust)])).toEqual([
      'Not changed: hv01.',
      'Done by hand and seen on dc1: “Use any authentication protocol” set for hv01.',
    ]);
    const own = { ...trust, by: 'worker' as const };
    expect(lines([list, own], [stepOf(list), stepOf(own)])).toEqual([
      'Written on dc1: 4 values added to hv01.',
      'Written on dc1: “Use any authentication protocol” set for hv01.',
    ]);
    expect(lines([list, own], [stepOf(list), stepOf(own, null)])).toEqual([
      'Written on dc1: 4 values added to hv01.',
      'Not known: whether hv01 was written. Look at userAccountControl before you ask again.',
    ]);
    expect(lines([list, trust], [stepOf(list)])).toEqual([
      'Written on dc1: 4 values added to hv01.',
      'Not changed: userAccountControl of hv01.',
    ]);
  });

  it('counts as some of it when one of the two is missing', () => {
    expect(effectOf(record([list, trust], [stepOf(list)]))).toBe('some');
    expect(effectOf(record([list, trust], [stepOf(trust)]))).toBe('some');
    expect(effectOf(record([list, trust], [stepOf(list), stepOf(trust)]))).toBe('all');
    expect(effectOf(record([list, trust], [stepOf(list, null)]))).toBe('unknown');
    // A person's step is begun by nobody, so nothing of it is under way.
    expect(effectOf(record([list, trust], [stepOf(list), stepOf(trust, null)]))).toBe('some');
  });
});

describe('what became of a step by hand', () => {
  it('is what is waited for, until it is seen', () => {
    expect(lines([list, byHand], [stepOf(list), stepOf(byHand, null)], 'awaiting-hand')).toEqual([
      'Written on dc1: 4 values added to hv01.',
      'Waits for a person to add 4 values to hv03; this thread says how.',
    ]);
    const removal = changeOf('hv03', { remove: ['cifs/a'], by: 'hand' });
    expect(lines([removal], [], 'awaiting-hand')).toEqual([
      'Waits for a person to remove 1 value from hv03; this thread says how.',
    ]);
    expect(lines([list, byHand], [], 'awaiting-hand')[0]).toBe('Not changed yet: hv01.');
    const kept = changeOf('hv04', { keep: ['cifs/a'], by: 'hand' });
    expect(lines([byHand, kept], [], 'awaiting-hand')).toEqual([
      'Waits for a person to add 4 values to hv03; this thread says how.',
      'Not changed yet: hv04.',
    ]);
    expect(lines([byHand], [stepOf(byHand, { kind: 'by-hand' })])).toEqual([
      'Done by hand and seen on dc1: 4 values added to hv03.',
    ]);
    expect(lines([byHand], [stepOf(byHand, null)], 'stopped')).toEqual([
      'Nothing was changed in the directory.',
    ]);
  });

  it('names what is missing of it', () => {
    const seen = stepOf(byHand, { kind: 'failed', added: valuesFor('hv02').slice(1) });
    expect(lines([byHand], [seen])).toEqual([
      'Done by hand and seen on dc1: 3 of 4 values added to hv03.',
      'Not changed of hv03: cifs/hv02.',
    ]);
  });
});

describe('what became of many hosts', () => {
  const changes = hostNames(9).map((name) => changeOf(name, { add: ['cifs/x'] }));

  it('names all of them, those that are changed and those that are not', () => {
    const steps = changes.slice(0, 6).map((change) => stepOf(change));
    expect(lines(changes, steps)).toEqual([
      'Written on dc1: 6 values added to hv[01-06].',
      'Not changed: hv07, hv08 and hv09.',
    ]);
  });

  it('tells servers apart', () => {
    const steps = changes
      .slice(0, 3)
      .map((change, index) => stepOf(change, { server: index === 0 ? 'dc1' : 'dc2' }));
    expect(lines(changes.slice(0, 3), steps)).toEqual([
      'Written on dc1: 1 value added to hv01.',
      'Written on dc2: 2 values added to hv02 and hv03.',
    ]);
  });

  it('says how long what was kept stays', () => {
    const keeping = changeOf('hv01', { keep: valuesFor('hv02') });
    const steps = [stepOf(keeping, { kind: 'already-so' })];
    expect(lines([keeping], steps)).toEqual([
      '4 values of hv01 stay for good; they were there for a time only.',
    ]);
    const part = { ...partOf([keeping]), forMs: 3_600_000 };
    expect(effectLines(recordWith(part, { state: 'done', steps }))).toEqual([
      '4 values of hv01 stay for 1 h from then on; they were there for a time only.',
    ]);
    const both = { ...keeping, add: ['cifs/y'] };
    expect(lines([both], [stepOf(both)])).toEqual([
      'Written on dc1: 1 value added to hv01.',
      '4 values of hv01 stay for good; they were there for a time only.',
    ]);
  });
});
