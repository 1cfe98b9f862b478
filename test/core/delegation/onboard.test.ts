import { listed } from '../../../src/core/delegation/listing';
import { planChange, questionOf } from '../../../src/core/delegation/plan-change';
import type { Planned } from '../../../src/core/delegation/plan';
import { listChanges, powersOf } from '../../../src/core/delegation/powers';
import { modes } from '../../support/request-record';
import { onboardAsk } from './asks';
import { carriedOut, inputFor, inputOf, partOf, refusals } from './many-hosts';
import { hostName, practiceDomain, withHost } from './practice-domain';

/** The practice domain without the object that holds a name of hyper-v05. */
const domain = practiceDomain().filter(({ name }) => name !== 'oldbox');
const able = [
  'hyper-v01',
  'hyper-v02',
  'hyper-v03',
  'hyper-v04',
  'branch-hv01',
  'branch-hv02',
  'hyper-v-kerb',
  'hyper-v05',
];
const others = able.filter((name) => name !== 'hyper-v01');

const pairsIn = (planned: Planned): string[] =>
  planned.kind === 'refused'
    ? []
    : powersOf(planned.part).map(({ source, destination }) => `${source} ${destination}`);
const bothWays = (host: string, peers: readonly string[]): string[] =>
  [...peers.map((peer) => `${host} ${peer}`), ...peers.map((peer) => `${peer} ${host}`)].toSorted();
const groupOf = ({ verdicts }: Planned) => verdicts.find(({ check }) => check === 'onboard.group');

describe('a plan for a new host', () => {
  it('delegates between it and every Hyper-V host that may take part, both ways, both services', () => {
    const planned = planChange(inputOf(domain, onboardAsk('hyper-v01')));
    expect(pairsIn(planned).toSorted()).toEqual(bothWays('hyper-v01', others));
    expect(groupOf(planned)).toEqual({
      check: 'onboard.group',
      verdict: 'ok',
      sentence: `hyper-v01 joins all Hyper-V hosts: ${listed(others, 10)}.`,
      remedy: '',
    });
    const changes = planned.kind === 'plan' ? listChanges(planned.part) : [];
    expect(changes.map(({ name, add }) => [name, add.length])).toEqual([
      ['hyper-v01', 4 * others.length],
      ...others.map((name) => [name, 4]),
    ]);
  });

  it('takes for the group of a host those that it delegates to, those that delegate to it, and itself', () => {
    const linked = withHost(
      withHost(domain, 'hyper-v02', {
        allowedToDelegateTo: ['cifs/hyper-v02', 'cifs/hyper-v03.mabofeng.com'],
      }),
      'branch-hv01',
      { allowedToDelegateTo: ['HTTP/Hyper-V02:8080'] },
    );
    const planned = planChange(inputOf(linked, onboardAsk('hyper-v01', 'hyper-v02')));
    const peers = ['hyper-v02', 'hyper-v03', 'branch-hv01'];
    expect(pairsIn(planned).toSorted()).toEqual(bothWays('hyper-v01', peers));
    expect(groupOf(planned)?.sentence).toBe(`hyper-v01 joins the group of hyper-v02: ${listed(peers)}.`);
  });

  it('takes no host into the group that itself may not take part, and never the new one', () => {
    const allowedToDelegateTo = ['cifs/hyper-v-off', 'cifs/hyper-v-t0', 'cifs/hyper-v-any', 'cifs/hyper-v01'];
    const linked = withHost(domain, 'hyper-v02', { allowedToDelegateTo });
    const planned = planChange(inputOf(linked, onboardAsk('hyper-v01', 'hyper-v02')));
    expect(pairsIn(planned).toSorted()).toEqual(bothWays('hyper-v01', ['hyper-v02']));
  });

  it('is about one host where that one has no peers yet, by whatever names both are asked for', () => {
    for (const [host, like] of [
      ['hyper-v01', 'hyper-v02'],
      ['hyper-v01.mabofeng.com', 'CN=hyper-v02,OU=Hyper-V,DC=mabofeng,DC=com'],
    ] as const) {
      const planned = planChange(inputOf(domain, onboardAsk(host, like)));
      expect(pairsIn(planned).toSorted()).toEqual(bothWays('hyper-v01', ['hyper-v02']));
      expect(planned.kind === 'plan' && planned.part).toEqual(
        partOf(inputFor(domain, 'delegate hyper-v01 <-> hyper-v02', { protocol: 'any' })),
      );
    }
  });

  it.each([
    ['an unknown host', onboardAsk('hyper-v99'), 'source.found'],
    ['a host like an unknown one', onboardAsk('hyper-v01', 'hyper-v99'), 'destination.found'],
    ['a host like itself', onboardAsk('hyper-v01', 'hyper-v01'), 'pair.distinct'],
    [
      'a host like itself by another name',
      onboardAsk('hyper-v01', 'hyper-v01.mabofeng.com'),
      'pair.distinct',
    ],
    ['Tier 0', onboardAsk('hyper-v-t0', 'hyper-v01'), 'source.tier0'],
    ['a disabled host', onboardAsk('hyper-v-off', 'hyper-v01'), 'source.enabled'],
    ['a host like a domain controller', onboardAsk('hyper-v01', 'dc1'), 'destination.controller'],
    [
      'a host that has registered no migration service',
      onboardAsk('files01', 'hyper-v01'),
      'migration.owner',
    ],
  ])('is refused for %s', (_title, ask, check) => {
    const planned = planChange(inputOf(domain, ask));
    expect(planned.kind).toBe('refused');
    expect(refusals(planned)).toContain(check);
  });

  it('is refused where nobody else is there', () => {
    const alone = domain.filter(({ name }) => name === 'hyper-v01');
    const planned = planChange(inputOf(alone, onboardAsk('hyper-v01')));
    expect(refusals(planned)).toEqual(['pair.none']);
    expect(groupOf(planned)?.sentence).toBe('hyper-v01 joins all Hyper-V hosts: nobody.');
  });

  it.each([
    ['a person', 'advise', 'hand'],
    ['the worker', 'act', 'worker'],
  ] as const)('has the trust mode set by %s for all that lack it, after the lists', (_title, mode, by) => {
    const bare = withHost(domain, 'hyper-v01', { userAccountControl: 0x1000 });
    const settings = { modes: { ...modes, 'trust-mode': mode } };
    const { changes } = partOf(inputOf(bare, onboardAsk('hyper-v01'), settings));
    const trust = changes.filter(({ kind }) => kind === 'trust-mode');
    expect(trust).toEqual([
      expect.objectContaining({ name: 'hyper-v01', by, before: 0x1000, after: 0x100_1000 }),
      expect.objectContaining({ name: 'hyper-v-kerb', by, before: 0x1000, after: 0x100_1000 }),
    ]);
    expect(changes.slice(-2)).toEqual(trust);
  });

  it('has nothing left to do once it is carried out, but a trust mode that is still missing', () => {
    const ask = onboardAsk('hyper-v01', 'hyper-v-kerb');
    const part = partOf(inputOf(domain, ask));
    const done = carriedOut(domain, part.changes);
    expect(planChange(inputOf(done, ask)).kind).toBe('already-so');
    const listsOnly = carriedOut(domain, listChanges(part));
    expect(partOf(inputOf(listsOnly, ask)).changes).toEqual(
      part.changes.filter(({ kind }) => kind === 'trust-mode'),
    );
  });

  it('asks for both hosts on both sides, and for all others', () => {
    const [host, like] = [hostName('hyper-v01'), hostName('hyper-v02')];
    const rest = { all: true, delegating: false, services: ['cifs', 'migration'] };
    const question = (ask: ReturnType<typeof onboardAsk>) => questionOf(ask, { undone: null });
    expect(question(onboardAsk('hyper-v01', 'hyper-v02'))).toEqual({
      sources: [host, like],
      destinations: [host, like],
      ...rest,
    });
    expect(question(onboardAsk('hyper-v01'))).toEqual({ sources: [host], destinations: [host], ...rest });
  });
});
