import { migrationService } from '../../../lab/directory/names';
import type { EarlierStep } from '../../../src/core/delegation/history';
import type { Planned } from '../../../src/core/delegation/plan';
import { planChange, questionOf } from '../../../src/core/delegation/plan-change';
import { listChanges } from '../../../src/core/delegation/powers';
import { modes } from '../../support/request-record';
import { historyOf, journalOf, retireAsk, undoAsk, type Claimed } from './asks';
import { carriedOut, inputFor, inputOf, partOf, refusals } from './many-hosts';
import { guidOf, hostOf, practiceDomain, withHost, type Domain } from './practice-domain';
import { rackOf } from './rack';

const domain = practiceDomain();
const [one, two] = [guidOf(1), guidOf(2)];
const none = { added: [], kept: [], removed: [], trusted: false };
const list = { attribute: 'msDS-AllowedToDelegateTo' as const, ...none };
const added = (...values: readonly string[]): EarlierStep => ({ guid: one, ...list, added: values });
const removed = (...values: readonly string[]): EarlierStep => ({ guid: one, ...list, removed: values });
const holding = (...values: readonly string[]): Domain =>
  withHost(domain, 'hyper-v01', { allowedToDelegateTo: values });

function undo(from: Domain, steps: readonly EarlierStep[], claimed: readonly Claimed[] = []): Planned {
  return planChange(inputOf(from, undoAsk(), { history: historyOf(claimed, steps) }));
}

function changesIn(planned: Planned): readonly (readonly [string, readonly string[], readonly string[]])[] {
  if (planned.kind === 'refused') throw new Error(JSON.stringify(planned.verdicts));
  return listChanges(planned.part).map(({ name, add, remove }) => [name, add, remove] as const);
}

const said = ({ verdicts }: Planned, check: string) =>
  verdicts.filter((each) => each.check === check).map(({ sentence }) => sentence);

describe('undoing what a request added', () => {
  it('takes back what is still there, as it is spelled, and nothing else', () => {
    const planned = undo(holding('CIFS/a', 'cifs/b', 'cifs/mine'), [added('cifs/a', 'cifs/b', 'cifs/gone')]);
    expect(changesIn(planned)).toEqual([['hyper-v01', [], ['CIFS/a', 'cifs/b']]]);
    expect(planned).toMatchObject({ kind: 'plan', part: { destinations: [], forMs: null } });
  });

  it('takes back what it kept too', () => {
    const planned = undo(holding('cifs/a', 'cifs/b'), [{ ...added('cifs/a'), kept: ['cifs/b'] }]);
    expect(changesIn(planned)).toEqual([['hyper-v01', [], ['cifs/a', 'cifs/b']]]);
  });

  it('leaves what others claim by now, for good or for a time, and says who', () => {
    const planned = undo(
      holding('cifs/a', 'CIFS/b', 'cifs/c'),
      [added('cifs/a', 'cifs/b', 'cifs/c')],
      [
        [one, 'cifs/b', null],
        [one, 'CIFS/c', 5, null],
        [two, 'cifs/a', null],
      ],
    );
    expect(changesIn(planned)).toEqual([['hyper-v01', [], ['cifs/a']]]);
    expect(said(planned, 'undo.claimed')).toEqual([
      'CIFS/b and cifs/c of hyper-v01 stay: R-2001 and R-2002 asked for them since.',
    ]);
  });

  it('is so already where nothing is there any more, or all of it is claimed', () => {
    expect(undo(holding('cifs/mine'), [added('cifs/a')]).kind).toBe('already-so');
    expect(undo(holding('cifs/a'), [added('cifs/a')], [[one, 'cifs/a', null]]).kind).toBe('already-so');
    expect(undo(domain, []).kind).toBe('already-so');
  });

  it('needs no host to exist but the one that holds it: no guard is asked', () => {
    const unfit = withHost(holding('cifs/ghost99', 'ldap/dc1'), 'hyper-v01', {
      userAccountControl: 0x8_1002,
    });
    const planned = undo(unfit, [added('cifs/ghost99', 'ldap/dc1')]);
    expect(changesIn(planned)).toEqual([['hyper-v01', [], ['cifs/ghost99', 'ldap/dc1']]]);
  });

  it('says that an object is gone, and goes on with the others', () => {
    const other: EarlierStep = { guid: two, ...list, added: ['cifs/a'] };
    const without = holding('cifs/a').filter(({ guid }) => guid !== two);
    const planned = undo(without, [added('cifs/a'), other]);
    expect(changesIn(planned)).toEqual([['hyper-v01', [], ['cifs/a']]]);
    expect(said(planned, 'undo.gone')).toEqual([`The object ${two} is gone, and what it had with it.`]);
  });

  it('is about the very object: one that was created again under its name is another', () => {
    const again = withHost(holding('cifs/a'), 'hyper-v01', { guid: guidOf(77) });
    expect(undo(again, [added('cifs/a')]).kind).toBe('already-so');
  });

  it('is refused whole when an object lies outside of the search bases by now', () => {
    const dn = 'CN=hyper-v01,OU=Elsewhere,DC=mabofeng,DC=com';
    const moved = withHost(holding('cifs/a'), 'hyper-v01', { dn });
    const planned = undo(moved, [added('cifs/a'), { guid: two, ...list, added: ['cifs/b'] }]);
    expect(planned.kind).toBe('refused');
    expect(said(planned, 'source.in-bases')).toEqual([
      `hyper-v01 lies outside the search bases by now: ${dn}.`,
    ]);
  });

  it('is carried out by a person where the mode says so', () => {
    const settings = { modes: { ...modes, 'delegation-remove': 'advise' as const } };
    const history = historyOf([], [added('cifs/a')]);
    expect(partOf(inputOf(holding('cifs/a'), undoAsk(), { history, ...settings })).changes).toMatchObject([
      { kind: 'delegation-remove', by: 'hand' },
    ]);
  });
});

describe('undoing what a request removed', () => {
  const short = ['cifs/hyper-v02', `${migrationService}/hyper-v02`];

  it('gives back exactly those values that are missing, and no other of the pair', () => {
    const planned = undo(holding('cifs/mine'), [removed('CIFS/Hyper-V02', `${migrationService}/hyper-v02`)]);
    expect(changesIn(planned)).toEqual([['hyper-v01', short, []]]);
    expect(planned).toMatchObject({
      kind: 'plan',
      part: { destinations: [{ guid: two, name: 'hyper-v02', spns: [{}, {}] }] },
    });
    expect(undo(holding(...short), [removed(...short)]).kind).toBe('already-so');
  });

  it('gives back what was for a host under both of its names', () => {
    const full = short.map((value) => `${value}.mabofeng.com`);
    expect(changesIn(undo(domain, [removed(...short, ...full)]))).toEqual([
      ['hyper-v01', [short[0], full[0], short[1], full[1]], []],
    ]);
  });

  it('does not give back services that are never added, and says so', () => {
    const planned = undo(domain, [removed('cifs/hyper-v02', 'HTTP/hyper-v02', 'nonsense')]);
    expect(changesIn(planned)).toEqual([['hyper-v01', ['cifs/hyper-v02'], []]]);
    const words =
      'These are not given back, since their host is gone or they are neither cifs nor migration: HTTP/hyper-v02 and nonsense.';
    expect(said(planned, 'undo.not-given-back')).toEqual([words]);
    const alone = undo(domain, [removed('HTTP/hyper-v02')]);
    expect([alone.kind, said(alone, 'undo.not-given-back').length]).toEqual(['already-so', 1]);
  });

  it.each([
    ['Tier 0', 'cifs/hyper-v-t0', 'destination.tier0'],
    ['a domain controller', 'cifs/dc1', 'destination.controller'],
    ['a name that another object holds', 'cifs/hyper-v05', 'cifs.owner'],
    ['the host itself', 'cifs/hyper-v01', 'pair.distinct'],
  ])('is refused whole when a guard refuses: %s', (_title, value, check) => {
    const steps = [removed('cifs/hyper-v03', value), { guid: two, ...list, added: ['cifs/a'] }];
    const planned = undo(withHost(domain, 'hyper-v02', { allowedToDelegateTo: ['cifs/a'] }), steps);
    expect(planned.kind).toBe('refused');
    expect(refusals(planned)).toEqual([check]);
  });

  it.each([
    ['is gone', 'cifs/ghost99'],
    ['is named with a port', 'cifs/hyper-v02:445'],
    ['is named as in former times', 'cifs/hyper-v02.old.example'],
  ])('gives back all but what is for a host that %s', (_title, value) => {
    const planned = undo(domain, [removed('cifs/hyper-v03', value)]);
    expect(changesIn(planned)).toEqual([['hyper-v01', ['cifs/hyper-v03'], []]]);
    expect(said(planned, 'undo.not-given-back')[0]).toContain(value);
  });

  it('warns that what comes back stays', () => {
    expect(said(undo(domain, [removed('cifs/hyper-v03')]), 'undo.for-good')).toHaveLength(1);
    expect(said(undo(domain, [removed('cifs/ghost99')]), 'undo.for-good')).toEqual([]);
  });

  it('is refused when the source is gone', () => {
    const without = domain.filter(({ guid }) => guid !== one);
    expect(refusals(undo(without, [removed('cifs/hyper-v02')]))).toContain('source.found');
  });

  it('sets no trust mode', () => {
    const bare = withHost(domain, 'hyper-v01', { userAccountControl: 0x1000 });
    const history = historyOf([], [removed('cifs/hyper-v02')]);
    const { changes } = partOf(inputOf(bare, undoAsk(), { history, mayTrust: true }));
    expect(changes.map(({ kind }) => kind)).toEqual(['delegation-add']);
  });

  it('counts pairs of hosts, not values: a whole mesh of sixty-four comes back', () => {
    const rack = rackOf(64);
    const mesh = partOf(inputFor(rack, 'delegate mesh rack-[01-64]'));
    const steps = listChanges(mesh).map(({ guid, add }) => ({ guid, ...list, removed: add }));
    const history = historyOf([], steps);
    const back = partOf(inputOf(rack, undoAsk(), { history }));
    expect(back).toEqual(mesh);
  });
});

describe('undoing anything', () => {
  it('leaves the trust mode and says where', () => {
    const planned = undo(domain, [{ guid: one, attribute: 'userAccountControl', ...none, trusted: true }]);
    expect(planned.kind).toBe('already-so');
    expect(said(planned, 'undo.trust-stays')[0]).toContain(
      '“Use any authentication protocol” stays set on hyper-v01',
    );
  });

  it('is refused where the ledger does not know the request, or another one', () => {
    const unknown = planChange(inputOf(domain, undoAsk()));
    const other = planChange(
      inputOf(domain, undoAsk('R-1002'), { history: historyOf([], [added('cifs/a')]) }),
    );
    for (const planned of [unknown, other]) expect(refusals(planned)).toEqual(['undo.unknown']);
  });

  it('reads objects by GUID, and the hosts of what comes back by name', () => {
    const steps = [
      added('cifs/hyper-v03'),
      { ...removed('cifs/hyper-v02.mabofeng.com', 'CIFS/Hyper-V02', 'HTTP/web'), guid: two.toUpperCase() },
      { guid: guidOf(3), attribute: 'userAccountControl' as const, ...none, trusted: true },
    ];
    expect(questionOf(undoAsk(), historyOf([], steps))).toEqual({
      sources: [
        { kind: 'guid', text: one },
        { kind: 'guid', text: two },
        { kind: 'guid', text: guidOf(3) },
      ],
      destinations: [
        { kind: 'fqdn', text: 'hyper-v02.mabofeng.com' },
        { kind: 'short', text: 'hyper-v02' },
      ],
      all: false,
      delegating: false,
      services: ['cifs', 'migration'],
    });
  });

  it('undoes a retirement: its own list, and what others had for it', () => {
    const before = carriedOut(domain, partOf(inputFor(domain, 'delegate mesh hyper-v0[1-3]')).changes);
    const { changes } = partOf(inputOf(before, retireAsk('hyper-v02')));
    const retired = carriedOut(before, changes);
    expect(hostOf(retired, 'hyper-v02').allowedToDelegateTo).toEqual([]);
    const history = historyOf([], journalOf(changes));
    expect(carriedOut(retired, partOf(inputOf(retired, undoAsk(), { history })).changes)).toEqual(before);
  });
});
