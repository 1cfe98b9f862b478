import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { refuseRequester, rulesFor, rulesHash } from '../../../src/core/policy/rules';
import { Policy } from '../../../src/core/policy/schema';
import { touchesOf, type Touch } from '../../../src/core/policy/touches';
import { onePart } from '../../support/request-record';

const raw = {
  hostGroups: { production: ['prod-*'], finance: ['prod-f*'] },
  deny: ['U0GONE'],
  'delegation-add': {
    requesters: 'anyone',
    approvers: ['U0A', 'U0B', 'U0GONE'],
    denyRequesters: ['U0TRAINEE'],
    denyApprovers: ['U0B'],
    groups: {
      production: { requesters: ['U0REQ', 'U0A'], approvers: ['U0A', 'U0P', 'U0Q'], quorum: 2 },
    },
  },
  'trust-mode': { requesters: ['U0REQ'], approvers: ['U0A'] },
};
const policy = Policy.parse(raw);
const edited = (change: object) => Policy.parse({ ...raw, ...change });
const who = (user: string) => ({ enterprise: null, team: 'T1', user });
const add = (host: string | null): Touch => ({ kind: 'delegation-add', host });
const ask = (user: string, ...touches: Touch[]) => refuseRequester(policy, touches, who(user))?.code ?? null;

describe('the rules of a host group', () => {
  it('hold in place of the general rule for its hosts, and beside it for a plan about both', () => {
    const groups = (...touches: Touch[]) => rulesFor(policy, touches).map(({ group }) => group);
    expect(groups(add('lab-1'))).toEqual([null]);
    expect(groups(add('prod-1'), add('prod-2'))).toEqual(['production']);
    expect(groups(add('lab-1'), add('prod-1'))).toEqual([null, 'production']);
    // A group without a rule of its own changes nothing.
    expect(groups(add('prod-f1'))).toEqual(['production']);
  });

  it('say who may ask', () => {
    expect([ask('U0X', add('lab-1')), ask('U0X', add('prod-1'))]).toEqual([null, 'request.not-allowed']);
    expect(ask('U0REQ', add('lab-1'), add('prod-1'))).toBeNull();
    expect(ask('U0TRAINEE', add('lab-1'))).toBe('request.not-allowed');
    expect(ask('U0GONE', add('lab-1'))).toBe('person.denied');
    expect(ask('U0X', { kind: 'delegation-remove', host: 'lab-1' })).toBe('request.not-allowed');
  });

  it('are not known yet for hosts that are not named: then some rule has to allow it', () => {
    expect([ask('U0X', add(null)), ask('U0TRAINEE', add(null))]).toEqual([null, 'request.not-allowed']);
    expect(ask('U0X', { kind: 'trust-mode', host: null })).toBe('request.not-allowed');
  });
});

describe('the hash of the rules', () => {
  const hash = (rules: Policy, ...touches: Touch[]) => rulesHash(rules, touches);
  const mine = [add('lab-1')];

  it('changes with the rule that applies', () => {
    const other = edited({ 'delegation-add': { ...raw['delegation-add'], quorum: 2 } });
    expect(hash(other, ...mine)).not.toBe(hash(policy, ...mine));
    expect(hash(policy, add('prod-1'))).not.toBe(hash(policy, ...mine));
    const moved = edited({ hostGroups: { ...raw.hostGroups, production: ['prod-*', 'lab-1'] } });
    expect(hash(moved, ...mine)).not.toBe(hash(policy, ...mine));
  });

  it.each([
    ['another kind', { 'trust-mode': { requesters: [], approvers: [] } }],
    [
      'the rule of a group that is not touched',
      { 'delegation-add': { ...raw['delegation-add'], groups: {} } },
    ],
    ['read rights', { read: { findings: 'anyone' } }],
    ['a group of other hosts', { hostGroups: { ...raw.hostGroups, night: ['n*'] } }],
    // Each side asks its own list at every turn.
    ['the list of people who may nothing', { deny: [] }],
  ])('stays the same when %s is edited', (_what, change) => {
    expect(hash(edited(change), ...mine)).toBe(hash(policy, ...mine));
  });
});

describe('what a plan touches', () => {
  it('is both ends of a delegation, and the host of a trust mode', () => {
    const [change] = onePart.changes;
    if (change?.attribute !== 'msDS-AllowedToDelegateTo') throw new Error('no list');
    const { guid, dn, by } = change;
    const trust = {
      guid,
      dn,
      by,
      name: 'hyper-v09',
      kind: 'trust-mode',
      attribute: 'userAccountControl',
    } as const;
    const part: DirectoryPart = {
      ...onePart,
      changes: [change, { ...trust, before: 0x1000, after: 0x1001000 }],
    };
    expect(touchesOf({ directory: part })).toEqual([
      add('hyper-v01'),
      add('hyper-v02'),
      { kind: 'trust-mode', host: 'hyper-v09' },
    ]);
  });

  it('is where a machine is stopped: its own host, and where it may run meanwhile if it comes back', () => {
    const machine = { id: 'id', name: 'sql-07', from: 'hyper-v01', storage: null, first: 'save' as const };
    const directory = { changes: [], destinations: [], forMs: null };
    const envelope = { machines: [machine], destinations: ['hyper-v02'] };
    const stops = (more: { returns?: true }) =>
      touchesOf({ directory, hosts: { settings: [], envelope: { ...envelope, ...more } } })
        .filter(({ kind }) => kind === 'shutdown')
        .map(({ host }) => host);
    expect(stops({})).toEqual(['hyper-v01']);
    expect(stops({ returns: true })).toEqual(['hyper-v01', 'hyper-v02']);
  });

  it('is what a removal names, though it may not exist any more', () => {
    const [change] = onePart.changes;
    if (change?.attribute !== 'msDS-AllowedToDelegateTo') throw new Error('no list');
    const gone = {
      ...change,
      kind: 'delegation-remove' as const,
      add: [],
      remove: ['cifs/gone.example.com'],
    };
    const part = { changes: [gone], destinations: [], forMs: null };
    expect(touchesOf({ directory: part }).map(({ host }) => host)).toEqual(['gone', 'hyper-v01']);
  });
});

describe('a rule for a group that does not exist', () => {
  it('is an error with its path, and names the groups that there are', () => {
    const read = Policy.safeParse({
      ...raw,
      'trust-mode': { ...raw['trust-mode'], groups: { prodution: raw['trust-mode'] } },
      read: { findings: [{ people: 'anyone', hosts: ['nigth'] }] },
    });
    const issues = read.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(issues).toEqual([
      'trust-mode.groups.prodution: no host group is called prodution; policy.hostGroups has: production, finance',
      'read.findings.0.hosts.0: no host group is called nigth; policy.hostGroups has: production, finance',
    ]);
  });
});
