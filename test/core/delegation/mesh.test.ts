import { ordinaryHosts } from '../../../lab/directory/accounts';
import type { DelegateAsk } from '../../../src/core/commands/ask';
import { planChange } from '../../../src/core/delegation/plan-change';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { afterOf, listChanges, ownersOf, powersOf } from '../../../src/core/delegation/powers';
import { isSameSet } from '../../../src/core/delegation/values';
import { asked, inputFor, inputOf, partOf, refusals } from './many-hosts';
import { practiceDomain, withHost } from './practice-domain';
import { rackOf } from './rack';

const domain = practiceDomain();
const MESH = 'delegate mesh hyper-v0[1-4] cifs,migration';

const pairsIn = (part: DirectoryPart): string[] =>
  powersOf(part).map(({ source, destination }) => `${source} ${destination}`);

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
    expect(pairsIn(partOf(inputFor(domain, command)))).toEqual(pairs);
  });

  it('has one change for each source, with the values of all its destinations', () => {
    const part = partOf(inputFor(domain, MESH));
    const changes = listChanges(part);
    expect(changes).toHaveLength(part.changes.length);
    expect(changes.map((change) => [change.name, change.add.length, ownersOf(part, change).length])).toEqual(
      ordinaryHosts.map((name) => [name, 12, 12]),
    );
    expect(changes[3]).toMatchObject({ before: ['cifs/ghost99'], remove: [] });
    expect(changes.every((change) => isSameSet(afterOf(change), [...change.before, ...change.add]))).toBe(
      true,
    );
  });

  it('names each owner once, whichever sources delegate to it', () => {
    const { destinations } = partOf(inputFor(domain, MESH));
    expect(destinations.map(({ name, spns }) => [name, spns.length])).toEqual(
      ordinaryHosts.map((name) => [name, 4]),
    );
  });

  it('leaves out pairs that are so already', () => {
    const [change] = listChanges(partOf(inputFor(domain, 'delegate hyper-v01 -> hyper-v02 cifs')));
    const half = withHost(domain, 'hyper-v01', { allowedToDelegateTo: change?.add ?? [] });
    const part = partOf(inputFor(half, 'delegate hyper-v01 <-> hyper-v02 cifs'));
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
    expect(refusals(planned)).toEqual(['cifs.owner']);
  });

  it('is refused whole when one host of it is', () => {
    const planned = planChange(inputFor(domain, 'delegate mesh hyper-v01,hyper-v02,dc1 cifs'));
    expect(planned.kind).toBe('refused');
    expect(refusals(planned)).toEqual(
      expect.arrayContaining(['source.controller', 'destination.controller']),
    );
  });

  it('counts the cap of a source over all its destinations', () => {
    const input = { ...inputFor(domain, MESH), caps: { valuesPerHost: 11 } };
    expect(refusals(planChange(input))).toEqual(Array(4).fill('source.values'));
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

  it('takes a mesh of sixty-four, which makes 4,032 pairs, and not of sixty-five', () => {
    const rack = rackOf(65);
    const mesh = (last: number) =>
      inputOf(rack, {
        ...(asked('delegate mesh rack-[01-64] cifs') as DelegateAsk),
        sources: [{ kind: 'range', prefix: 'rack-', first: 1, last, digits: 2, suffix: '' }],
      });
    expect(powersOf(partOf(mesh(64)))).toHaveLength(4_032);
    expect(planChange(mesh(65))).toMatchObject({
      kind: 'refused',
      verdicts: [
        { check: 'plan.size', sentence: '4160 pairs of hosts are asked for; one request takes 4032.' },
      ],
    });
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
    const [back] = listChanges(partOf(inputFor(domain, 'delegate hyper-v02 -> hyper-v01')));
    const there = withHost(domain, 'hyper-v02', { allowedToDelegateTo: back?.add ?? [] });
    expect(planChange(inputFor(there, 'delegate hyper-v01 -> hyper-v02')).verdicts).not.toContainEqual(
      expect.objectContaining({ check: 'pair.way-back', verdict: 'warn' }),
    );
  });
});
