import { askOf, powerSentence, wouldSentence } from '../../../src/bot/cards/power';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import type { Step } from '../../../src/core/request/record';
import type { State } from '../../../src/core/request/states';
import { NOW } from '../../support/request-record';
import {
  changeOf,
  crossPart,
  hostNames,
  partOf,
  recordWith,
  stepOf,
  trustOf,
  valuesFor,
} from '../support/many-hosts';

const [one, two, three, four] = ['hv01', 'hv02', 'hv03', 'hv04'] as const;
const waiting = (part: DirectoryPart): string => powerSentence(recordWith(part, { state: 'waiting' }));

describe('the sentence of power', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['hv01 will be able to act as any user on hv02', [one], [two]],
    ['hv01 will be able to act as any user on hv02 and hv03', [one], [two, three]],
    ['hv01 and hv02 will be able to act as any user on hv03', [one, two], [three]],
    ['hv01 will be able to act as any user on hv02, hv03 and hv04', [one], [two, three, four]],
    ['hv01 will be able to act as any user on 5 hosts', [one], hostNames(6).slice(1)],
    ['5 hosts will be able to act as any user on hv01', hostNames(6).slice(1), [one]],
    ['hv01 and hv02 will be able to act as any user on each other', [one, two], [one, two]],
    [
      'hv01, hv02 and hv03 will be able to act as any user on each other',
      [one, two, three],
      [one, two, three],
    ],
    ['16 hosts will be able to act as any user on each other', hostNames(16), hostNames(16)],
    ['hv01 and hv02 will be able to act as any user on hv02 and hv03 (3 pairs)', [one, two], [two, three]],
  ])('%s', (sentence, sources, destinations) => {
    expect(waiting(crossPart('add', sources, destinations))).toBe(sentence);
  });

  it('fits a header with its end, counting hosts where their names are too long', () => {
    const long = hostNames(6, true).map((name) => `${name}-and-more`);
    const part = crossPart('add', long.slice(0, 3), long.slice(3));
    expect(powerSentence(recordWith(part, { state: 'stuck' }))).toBe(
      '3 hosts may be able to act as any user on 3 hosts: not all is certain',
    );
  });

  it('is made of what was typed until there is a plan', () => {
    const typed = (command: string) =>
      powerSentence({
        ...recordWith(partOf([]), { state: 'planning', command }),
        plan: null,
      });
    expect(typed('delegate a -> b')).toBe('a is meant to act as any user on b');
    expect(typed('delegate a,b -> c')).toBe('a and b are meant to act as any user on c');
    expect(typed('delegate a <-> b')).toBe('a and b are meant to act as any user on each other');
    expect(typed('delegate mesh hv[1-4]')).toBe('4 hosts are meant to act as any user on each other');
    expect(typed('delegate all -> b')).toBe('all hosts are meant to act as any user on b');
    expect(typed('delegate a -> b,all')).toBe('a is meant to act as any user on b and all hosts');
    expect(typed('undelegate a -> b')).toBe('a is meant to lose rights on b');
    expect(typed('undelegate a -> all')).toBe('a is meant to lose rights on all hosts');
    expect(typed('nonsense')).toBe('A request whose command cannot be read');
  });
});

const added = crossPart('add', [one, two], [three]);
const gains: Readonly<Record<State, string>> = {
  planning: 'hv01 and hv02 are meant to act as any user on hv03',
  waiting: 'hv01 and hv02 will be able to act as any user on hv03',
  approved: 'hv01 and hv02 will be able to act as any user on hv03',
  running: 'hv01 and hv02 will be able to act as any user on hv03',
  'awaiting-hand': 'hv01 and hv02 will be able to act as any user on hv03',
  stale: 'hv01 and hv02 will be able to act as any user on hv03',
  done: 'hv01 and hv02 were given the right to act as any user on hv03',
  partial: 'hv01 and hv02 may be able to act as any user on hv03: not all is certain',
  failed: 'hv01 and hv02 may be able to act as any user on hv03: not all is certain',
  stuck: 'hv01 and hv02 may be able to act as any user on hv03: not all is certain',
  stopped: 'hv01 and hv02 were given the right to act as any user on hv03',
  denied: 'hv01 and hv02 got no new right on hv03',
  expired: 'hv01 and hv02 got no new right on hv03',
  withdrawn: 'hv01 and hv02 got no new right on hv03',
  'already-so': 'hv01 and hv02 already have the right to act as any user on hv03',
  refused: 'hv01 and hv02 got no new right on hv03',
};

const removed = crossPart('remove', [one, two], [three]);
const losses: Readonly<Record<State, string>> = {
  planning: 'hv01 and hv02 are meant to lose rights on hv03',
  waiting: 'hv01 and hv02 will no longer be able to act as any user on hv03',
  approved: 'hv01 and hv02 will no longer be able to act as any user on hv03',
  running: 'hv01 and hv02 will no longer be able to act as any user on hv03',
  'awaiting-hand': 'hv01 and hv02 will no longer be able to act as any user on hv03',
  stale: 'hv01 and hv02 will no longer be able to act as any user on hv03',
  done: 'hv01 and hv02 lost the right to act as any user on hv03',
  partial: 'hv01 and hv02 may still be able to act as any user on hv03: not all is certain',
  failed: 'hv01 and hv02 may still be able to act as any user on hv03: not all is certain',
  stuck: 'hv01 and hv02 may still be able to act as any user on hv03: not all is certain',
  stopped: 'hv01 and hv02 lost the right to act as any user on hv03',
  denied: 'hv01 and hv02 keep what they have on hv03',
  expired: 'hv01 and hv02 keep what they have on hv03',
  withdrawn: 'hv01 and hv02 keep what they have on hv03',
  'already-so': 'hv01 and hv02 have no such right on hv03',
  refused: 'hv01 and hv02 keep what they have on hv03',
};

describe('the sentence of power in each state, after a write', () => {
  const states = Object.keys(gains) as State[];

  it.each(states)('says what was given, %s', (state) => {
    const steps = added.changes.map((change) => stepOf(change));
    expect(powerSentence(recordWith(added, { state, steps }))).toBe(gains[state]);
  });

  it.each(states)('says what was taken, %s', (state) => {
    const steps = removed.changes.map((change) => stepOf(change));
    expect(powerSentence(recordWith(removed, { state, steps }))).toBe(losses[state]);
  });

  it('says that nothing changed where nothing was written', () => {
    const said = (part: DirectoryPart, state: State) => powerSentence(recordWith(part, { state }));
    expect(said(added, 'failed')).toBe(gains.denied);
    expect(said(added, 'done')).toBe(gains['already-so']);
    expect(said(removed, 'failed')).toBe(losses.denied);
    expect(said(removed, 'done')).toBe(losses['already-so']);
    const ending = { problem: null, at: NOW };
    expect(powerSentence({ ...recordWith(added, { state: 'stale' }), ending })).toBe(gains.denied);
    expect(powerSentence({ ...recordWith(removed, { state: 'stale' }), ending })).toBe(losses.denied);
  });
});

describe('a removal that leaves services of a host', () => {
  const whole = partOf([changeOf(one, { remove: ['cifs/hv02'], staying: ['HTTP/hv02.mabofeng.com:8080'] })]);

  it('does not say that the power goes', () => {
    expect(waiting(whole)).toBe('hv01 will lose services, and can still act as any user on hv02');
    const steps = whole.changes.map((change) => stepOf(change));
    expect(powerSentence(recordWith(whole, { state: 'done', steps }))).toBe(
      'hv01 lost services, and can still act as any user on hv02',
    );
  });

  it('says in how many pairs the power stays when it goes in others', () => {
    const some = crossPart('remove', [one], [two, three], ['cifs/hv03']);
    expect(waiting(some)).toBe(
      'hv01 will lose services on hv02 and hv03, and can still act as any user there in 1 of 2 pairs',
    );
  });

  it('takes a host that only begins alike for another', () => {
    const changes = [changeOf(one, { remove: valuesFor(two), staying: ['cifs/hv021', 'cifs/x.hv02'] })];
    expect(waiting({ ...whole, changes })).toBe('hv01 will no longer be able to act as any user on hv02');
  });
});

describe('what a plan would mean', () => {
  it('is said of additions, removals and of what is so already', () => {
    expect(wouldSentence(added)).toBe('hv01 and hv02 would be able to act as any user on hv03');
    expect(wouldSentence(removed)).toBe('hv01 and hv02 would no longer be able to act as any user on hv03');
    const ask = askOf(recordWith(added, { state: 'waiting', command: 'delegate hv01,hv02 -> hv03' }));
    expect(wouldSentence({ ...added, changes: [] }, ask)).toBe(
      'hv01 and hv02 already have the right to act as any user on hv03',
    );
    const undelegate = askOf(recordWith(added, { state: 'waiting', command: 'undelegate hv01 -> hv03' }));
    expect(wouldSentence({ ...removed, changes: [] }, undelegate)).toBe('hv01 has no such right on hv03');
    expect(wouldSentence(partOf([]))).toBe('Nothing would change');
  });

  it('does not take a host’s delegation to itself for a part of a mesh', () => {
    const changes = [one, two].map((name) => changeOf(name, { remove: ['cifs/hv01'] }));
    expect(wouldSentence(partOf(changes))).toBe(
      'hv01 and hv02 would no longer be able to act as any user on hv01',
    );
  });
});

describe('the sentence of power of other plans', () => {
  const trusts = (state: State, steps: readonly Step[] = []) =>
    powerSentence(recordWith(partOf([trustOf(one), trustOf(two)]), { state, steps }));

  it('says of a trust mode alone that it is about everything in the list', () => {
    expect(trusts('waiting')).toBe(
      'hv01 and hv02 will be able to act as any user on the hosts in their lists',
    );
    expect(trusts('denied')).toBe('hv01 and hv02 got no new right on the hosts in their lists');
    expect(wouldSentence(partOf([trustOf(one)]))).toBe(
      'hv01 would be able to act as any user on the hosts in its list',
    );
  });

  it('says whom a plan gives power over before whom it takes it from', () => {
    const removal = changeOf(three, { remove: valuesFor(four) });
    const mixed = { ...added, changes: [removal, ...added.changes] };
    expect(waiting(mixed)).toBe('hv01 and hv02 will be able to act as any user on hv03');
    expect(wouldSentence(mixed)).toBe('hv01 and hv02 would be able to act as any user on hv03');
  });

  it('says that values which were there for a time are kept', () => {
    const part = partOf([changeOf(one, { keep: valuesFor(two) })], [two]);
    const [change] = part.changes;
    if (!change) throw new Error('there is one change');
    expect(waiting(part)).toBe('hv01 will be able to act as any user on hv02');
    const steps = [stepOf(change, { kind: 'already-so' })];
    expect(powerSentence(recordWith(part, { state: 'done', steps }))).toBe(
      'hv01 keeps the right to act as any user on hv02',
    );
  });

  it('says of a stopped request what was given or taken before, and nothing of the rest', () => {
    const said = (part: DirectoryPart, steps: readonly Step[]) =>
      powerSentence(recordWith(part, { state: 'stopped', steps }));
    const first = (part: DirectoryPart): readonly Step[] =>
      part.changes.slice(0, 1).map((each) => stepOf(each));
    expect(said(added, first(added))).toBe(
      'hv01 was given the right to act as any user on hv03; the rest was stopped',
    );
    expect(said(removed, first(removed))).toBe(
      'hv01 lost the right to act as any user on hv03; the rest was stopped',
    );
    expect(said(added, [])).toBe(gains.denied);
    expect(said(removed, [])).toBe(losses.denied);
    const begun = added.changes.map((each) => stepOf(each, null));
    expect(said(added, begun)).toBe(gains.partial);
    const half = added.changes.slice(0, 1).map((each) => stepOf(each, { added: valuesFor(three).slice(1) }));
    expect(said(added, half)).toBe(gains.partial);
  });

  it('says what a plan would mean that is only shown', () => {
    const problem = { code: 'mode.observe', summary: 'x', remedy: '' };
    const record = { ...recordWith(added, { state: 'refused' }), ending: { problem, at: NOW } };
    expect(powerSentence(record)).toBe('hv01 and hv02 would be able to act as any user on hv03');
    expect(powerSentence({ ...record, ending: { problem: null, at: NOW } })).toBe(gains.refused);
  });
});
