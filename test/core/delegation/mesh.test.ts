import fc from 'fast-check';

import { ordinaryHosts } from '../../../lab/directory/accounts';
import { planChange } from '../../../src/core/delegation/derive';
import { deriveAgain } from '../../../src/core/delegation/look';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { isSameSet, minusValues, sortValues } from '../../../src/core/delegation/values';
import { inputFor } from './many-hosts';
import { hostOf, practiceDomain, withHost, type Domain } from './practice-domain';

const domain = practiceDomain();
const MESH = 'delegate mesh hyper-v0[1-4] cifs,migration';

function partOf(from: Domain, command: string): DirectoryPart {
  const planned = planChange(inputFor(from, command));
  if (planned.kind === 'refused') throw new Error(JSON.stringify(planned.verdicts));
  return planned.part;
}

const pairsIn = ({ powers }: DirectoryPart): string[] =>
  powers.map(({ source, destination }) => `${source} ${destination}`);

describe('a plan of many hosts', () => {
  it.each([
    ['delegate hyper-v01 -> hyper-v02,hyper-v03 cifs', ['hyper-v01 hyper-v02', 'hyper-v01 hyper-v03']],
    ['delegate hyper-v0[1-2] -> hyper-v03 cifs', ['hyper-v01 hyper-v03', 'hyper-v02 hyper-v03']],
    ['delegate hyper-v01 <-> hyper-v02 cifs', ['hyper-v01 hyper-v02', 'hyper-v02 hyper-v01']],
    ['delegate hyper-v01,hyper-v02 -> hyper-v02 cifs', ['hyper-v01 hyper-v02']],
    [
      'delegate mesh hyper-v0[1-3] cifs',
      [
        'hyper-v01 hyper-v02',
        'hyper-v01 hyper-v03',
        'hyper-v02 hyper-v01',
        'hyper-v02 hyper-v03',
        'hyper-v03 hyper-v01',
        'hyper-v03 hyper-v02',
      ],
    ],
  ])('%s means these pairs', (command, pairs) => {
    expect(pairsIn(partOf(domain, command))).toEqual(pairs);
  });

  it('has one change for each source, with the values of all its destinations', () => {
    const { changes } = partOf(domain, MESH);
    expect(changes.map(({ name, add, owners }) => [name, add.length, owners.length])).toEqual(
      ordinaryHosts.map((name) => [name, 12, 12]),
    );
    expect(changes[3]).toMatchObject({ before: ['cifs/ghost99'], remove: [] });
    expect(changes.every(({ after, before, add }) => isSameSet(after, [...before, ...add]))).toBe(true);
  });

  it('leaves out pairs that are so already', () => {
    const { add } = partOf(domain, 'delegate hyper-v01 -> hyper-v02 cifs').changes[0] ?? { add: [] };
    const half = withHost(domain, 'hyper-v01', { allowedToDelegateTo: add });
    const part = partOf(half, 'delegate hyper-v01 <-> hyper-v02 cifs');
    expect(part.changes.map(({ name }) => name)).toEqual(['hyper-v02']);
    expect(pairsIn(part)).toEqual(['hyper-v02 hyper-v01']);
  });

  it('takes `all` for the hosts that may take part, and says who is left out', () => {
    const spns = ['Microsoft Virtual System Migration Service/dc1'];
    const withController = withHost(domain, 'dc1', { spns });
    const planned = planChange(inputFor(withController, 'delegate hyper-v01 -> all cifs'));
    const words = planned.verdicts.find(({ check }) => check === 'all.left-out')?.sentence;
    expect(words).toContain('dc1 (a domain controller)');
    expect(words).toContain('hyper-v-t0 (Tier 0)');
    expect(words).toContain('hyper-v-off (disabled)');
    expect(words).toContain('hyper-v-any (unconstrained delegation)');
    // hyper-v05 takes part, and its name belongs to somebody else: that refuses the whole.
    expect(planned.kind).toBe('refused');
    expect(planned.verdicts.filter(({ verdict }) => verdict === 'refuse').map(({ check }) => check)).toEqual([
      'cifs.owner',
    ]);
  });

  it('is refused whole when one host of it is', () => {
    const planned = planChange(inputFor(domain, 'delegate mesh hyper-v01,hyper-v02,dc1 cifs'));
    expect(planned.kind).toBe('refused');
    expect(planned.verdicts.filter(({ verdict }) => verdict === 'refuse').map(({ check }) => check)).toEqual(
      expect.arrayContaining(['source.controller', 'destination.controller']),
    );
  });

  it('counts the cap of a source over all its destinations', () => {
    const input = { ...inputFor(domain, MESH), caps: { valuesPerHost: 11 } };
    const refused = planChange(input).verdicts.filter(({ verdict }) => verdict === 'refuse');
    expect(refused.map(({ check }) => check)).toEqual(Array(4).fill('source.values'));
    expect(planChange({ ...input, caps: { valuesPerHost: 13 } }).kind).toBe('plan');
  });

  it('takes so many pairs and no more', () => {
    const input = inputFor(domain, MESH);
    expect(planChange({ ...input, caps: { valuesPerHost: 400, pairs: 12 } }).kind).toBe('plan');
    expect(planChange({ ...input, caps: { valuesPerHost: 400, pairs: 11 } })).toMatchObject({
      kind: 'refused',
      verdicts: [{ check: 'plan.size', sentence: '12 pairs of hosts are asked for; one request takes 11.' }],
    });
  });

  it('takes a mesh of sixteen, which one card can show, and not of seventeen', () => {
    const text = JSON.stringify(hostOf(domain, 'hyper-v03'));
    const rack = Array.from({ length: 17 }, (_, index) => {
      const copy = JSON.parse(text.replaceAll('hyper-v03', `rack-${index + 1}`)) as Domain[number];
      return { ...copy, guid: `c0000000-0000-4000-8000-${String(index).padStart(12, '0')}` };
    });
    expect(partOf(rack, 'delegate mesh rack-[1-16] cifs').powers).toHaveLength(240);
    const refused = planChange(inputFor(rack, 'delegate mesh rack-[1-17] cifs'));
    expect(refused.verdicts.map(({ check }) => check)).toEqual(['plan.size']);
  });

  it('warns where machines could not come back, and not in a mesh', () => {
    const warned = (command: string) =>
      planChange(inputFor(domain, command)).verdicts.filter(({ verdict }) => verdict === 'warn');
    expect(warned('delegate hyper-v01 -> hyper-v02')).toEqual([
      {
        check: 'pair.way-back',
        verdict: 'warn',
        sentence: 'This is one way only: hyper-v02 will not be able to move machines back to hyper-v01.',
        remedy: 'If they are to come back, ask for both ways: hyper-v01 <-> hyper-v02.',
      },
    ]);
    expect(warned('delegate hyper-v01 -> files01 cifs')).toEqual([]);
    expect(warned(MESH)).toEqual([]);
    const back = partOf(domain, 'delegate hyper-v02 -> hyper-v01').changes[0]?.add ?? [];
    const there = withHost(domain, 'hyper-v02', { allowedToDelegateTo: back });
    expect(planChange(inputFor(there, 'delegate hyper-v01 -> hyper-v02')).verdicts).not.toContainEqual(
      expect.objectContaining({ check: 'pair.way-back', verdict: 'warn' }),
    );
  });
});

describe('deriving a plan of many hosts again', () => {
  const decided = partOf(domain, MESH);
  const after = (names: readonly string[], from: Domain = domain): Domain =>
    decided.changes
      .filter(({ name }) => names.includes(name))
      .reduce((seen, change) => withHost(seen, change.name, { allowedToDelegateTo: change.after }), from);

  it('is the same after any of its writes', () => {
    fc.assert(
      fc.property(fc.subarray([...ordinaryHosts]), (written) => {
        expect(deriveAgain(inputFor(after(written), MESH), decided)).toEqual({ kind: 'same', part: decided });
      }),
    );
  });

  it('names the host on which somebody has changed something, and nothing else', () => {
    const edited = withHost(after(['hyper-v01']), 'hyper-v03', { allowedToDelegateTo: ['cifs/else'] });
    expect(deriveAgain(inputFor(edited, MESH), decided)).toEqual({
      kind: 'stale',
      sentence: 'cifs/else was added to hyper-v03 since the plan was made.',
    });
  });

  it.each([
    ['as destinations', 'delegate hyper-v01 -> all cifs', 'hyper-v01'],
    ['as sources', 'delegate all -> hyper-v01 cifs', 'hyper-v03'],
  ])('is the same for all %s, and stale when one was changed', (_title, command, host) => {
    const owned = domain.filter(({ name }) => name !== 'oldbox');
    const plan = partOf(owned, command);
    expect(plan.powers.length).toBeGreaterThan(4);
    const [first, ...rest] = plan.changes;
    if (!first) throw new Error('no change');
    const written = withHost(owned, first.name, { allowedToDelegateTo: first.after });
    expect(deriveAgain(inputFor(written, command), plan)).toEqual({ kind: 'same', part: plan });
    const edited = withHost(owned, host, { allowedToDelegateTo: ['cifs/else'] });
    expect(deriveAgain(inputFor(edited, command), plan)).toEqual({
      kind: 'stale',
      sentence: `cifs/else was added to ${host} since the plan was made.`,
    });
    const evil = { ...first, add: sortValues([...first.add, 'cifs/dc1']) };
    expect(deriveAgain(inputFor(owned, command), { ...plan, changes: [evil, ...rest] }).kind).toBe('altered');
  });

  it('names the destination that was created again', () => {
    const other = withHost(domain, 'hyper-v02', { guid: 'b0000000-0000-4000-8000-000000000002' });
    const again = deriveAgain(inputFor(other, 'delegate hyper-v01 -> hyper-v02,hyper-v03'), {
      ...partOf(domain, 'delegate hyper-v01 -> hyper-v02,hyper-v03'),
    });
    expect(again).toEqual({
      kind: 'stale',
      sentence: 'hyper-v02 was deleted and created again since the plan was made.',
    });
  });

  it('is altered when a host, a value or a power was smuggled in', () => {
    const [first, ...rest] = decided.changes;
    if (!first) throw new Error('no change');
    const stranger = { ...first, guid: hostOf(domain, 'hyper-v05').guid, name: 'hyper-v05', dn: 'CN=x' };
    const evil = { ...first, add: sortValues([...first.add, 'cifs/dc1']) };
    const said = (part: unknown) => deriveAgain(inputFor(domain, MESH), part);
    expect(said({ ...decided, changes: [...decided.changes, stranger] })).toEqual({
      kind: 'altered',
      sentence: 'The approved plan also changes hyper-v05, which was not asked for.',
    });
    expect(said({ ...decided, changes: [evil, ...rest] })).toEqual({
      kind: 'altered',
      sentence: 'The approved plan contains cifs/dc1, which was not asked for.',
    });
    expect(said({ ...decided, powers: decided.powers.slice(1) })).toEqual({
      kind: 'altered',
      sentence: 'The approved plan’s sentence of power does not tell what it changes.',
    });
    expect(said({ ...decided, changes: rest }).kind).toBe('altered');
  });
});

describe('a plan that removes', () => {
  const held = partOf(domain, MESH).changes.reduce(
    (seen, change) => withHost(seen, change.name, { allowedToDelegateTo: change.after }),
    domain,
  );
  const removed = (command: string, from: Domain = held): [string, readonly string[]][] =>
    partOf(from, command).changes.map(({ name, remove }) => [name, remove]);

  it('takes exactly what is there for that host, in either spelling of its name', () => {
    const [[name, values] = ['', []]] = removed('undelegate hyper-v01 -> hyper-v02');
    expect(name).toBe('hyper-v01');
    expect(values).toHaveLength(4);
    expect(values.every((value) => /\/hyper-v02(\.mabofeng\.com)?$/.test(value))).toBe(true);
    expect(removed('undelegate hyper-v01 -> hyper-v02 cifs')).toEqual([
      ['hyper-v01', ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com']],
    ]);
  });

  it('keeps the stored spelling and takes classes that nobody asks for, if all are named', () => {
    const odd = withHost(domain, 'hyper-v01', {
      allowedToDelegateTo: ['CIFS/Hyper-V02', 'HTTP/hyper-v02:8080', 'cifs/hyper-v021', 'cifs/hyper-v03'],
    });
    expect(removed('undelegate hyper-v01 -> hyper-v02 all', odd)).toEqual([
      ['hyper-v01', ['CIFS/Hyper-V02', 'HTTP/hyper-v02:8080']],
    ]);
    expect(removed('undelegate hyper-v01 -> hyper-v02 cifs,migration', odd)).toEqual([
      ['hyper-v01', ['CIFS/Hyper-V02']],
    ]);
  });

  it('works towards a host that is gone, and away from a mesh', () => {
    expect(removed('undelegate hyper-v04 -> ghost99')).toEqual([['hyper-v04', ['cifs/ghost99']]]);
    expect(removed('undelegate mesh hyper-v0[1-4]').map(([name, values]) => [name, values.length])).toEqual(
      ordinaryHosts.map((name) => [name, 12]),
    );
    expect(removed('undelegate hyper-v04 -> all').map(([, values]) => values.length)).toEqual([13]);
  });

  it('is nothing to do where nothing is held, and refused for a source that is not there', () => {
    expect(planChange(inputFor(domain, 'undelegate hyper-v01 -> hyper-v02')).kind).toBe('already-so');
    expect(planChange(inputFor(domain, 'undelegate ghost98 -> hyper-v02'))).toMatchObject({
      kind: 'refused',
      verdicts: [{ check: 'source.found', sentence: 'The directory has no computer “ghost98”.' }],
    });
  });

  it('may clean up where a delegation would be refused: Tier 0, disabled, unconstrained', () => {
    for (const host of ['hyper-v-t0', 'hyper-v-off', 'hyper-v-any']) {
      const dirty = withHost(domain, host, { allowedToDelegateTo: ['ldap/dc1', 'cifs/hyper-v02'] });
      expect(removed(`undelegate ${host} -> dc1,hyper-v02`, dirty)).toEqual([
        [host, ['cifs/hyper-v02', 'ldap/dc1']],
      ]);
    }
  });

  it('says where the power stays because other services are kept', () => {
    const { verdicts } = planChange(inputFor(held, 'undelegate hyper-v01 -> hyper-v02 cifs'));
    expect(verdicts).toContainEqual({
      check: 'removal.complete',
      verdict: 'warn',
      sentence: 'hyper-v01 keeps other services of hyper-v02: the power to act as any user there stays.',
      remedy: 'Remove all services to take the power away.',
    });
  });

  it('is the same again before and after its writes, and stale or altered otherwise', () => {
    const command = 'undelegate mesh hyper-v0[1-4]';
    const decided = partOf(held, command);
    const written = decided.changes
      .slice(0, 2)
      .reduce((seen, change) => withHost(seen, change.name, { allowedToDelegateTo: change.after }), held);
    expect(deriveAgain(inputFor(written, command), decided)).toEqual({ kind: 'same', part: decided });
    const edited = withHost(held, 'hyper-v02', { allowedToDelegateTo: ['cifs/hyper-v01'] });
    expect(deriveAgain(inputFor(edited, command), decided).kind).toBe('stale');
    const [first, ...rest] = decided.changes;
    if (!first) throw new Error('no change');
    const more = { ...first, remove: first.before, after: minusValues(first.before, first.before) };
    const forged = { ...decided, changes: [{ ...more, add: ['ldap/dc1'] }, ...rest] };
    expect(deriveAgain(inputFor(held, command), forged).kind).toBe('altered');
  });
});
