import { containers } from '../../../lab/directory/names';
import { planChange, questionOf } from '../../../src/core/delegation/plan-change';
import type { Planned } from '../../../src/core/delegation/plan';
import { listChanges } from '../../../src/core/delegation/powers';
import { modes } from '../../support/request-record';
import { retireAsk } from './asks';
import { inputOf } from './many-hosts';
import { guidOf, hostName, hostOf, practiceDomain, withHost, type Domain } from './practice-domain';

const base = practiceDomain().map((object) => ({ ...object, allowedToDelegateTo: [] }));
const held = (lists: Readonly<Record<string, readonly string[]>>, from: Domain = base): Domain =>
  Object.entries(lists).reduce(
    (seen, [name, allowedToDelegateTo]) => withHost(seen, name, { allowedToDelegateTo }),
    from,
  );
const removedIn = (planned: Planned): Readonly<Record<string, readonly string[]>> =>
  planned.kind === 'refused'
    ? {}
    : Object.fromEntries(listChanges(planned.part).map(({ name, remove }) => [name, remove]));
const retire = (domain: Domain, host = 'hyper-v02') => planChange(inputOf(domain, retireAsk(host)));
const said = ({ verdicts }: Planned, check: string) =>
  verdicts.filter((each) => each.check === check).map(({ sentence }) => sentence);
const elsewhere = 'OU=Elsewhere,DC=mabofeng,DC=com';

describe('a plan for a host that goes', () => {
  it('takes its whole list, whatever is in it', () => {
    const own = ['cifs/hyper-v01', 'cifs/hyper-v02', 'HTTP/web', 'ldap/dc1', 'nonsense'];
    const planned = retire(held({ 'hyper-v02': own }));
    expect(planned.kind).toBe('plan');
    expect(removedIn(planned)).toEqual({ 'hyper-v02': own });
  });

  it('takes from others whatever is for it, by short and full name, of any service, as it is spelled', () => {
    const values = [
      'CIFS/Hyper-V02',
      'HTTP/hyper-v02:8080',
      'ldap/hyper-v02.mabofeng.com/x',
      'cifs/hyper-v02.old',
    ];
    const others = ['cifs/hyper-v021', 'cifs/hyper-v03', 'cifs/x.hyper-v02', 'hyper-v02x', 'cifs/'];
    const planned = retire(held({ 'hyper-v01': [...others, ...values] }));
    expect(removedIn(planned)).toEqual({
      'hyper-v01': [
        'CIFS/Hyper-V02',
        'cifs/hyper-v02.old',
        'HTTP/hyper-v02:8080',
        'ldap/hyper-v02.mabofeng.com/x',
      ],
    });
  });

  it('takes values under a dNSHostName that begins otherwise', () => {
    const renamed = withHost(base, 'hyper-v02', { dnsHostName: 'Storage.mabofeng.com' });
    const values = ['cifs/storage', 'cifs/storage.mabofeng.com:445', 'cifs/hyper-v02'];
    expect(removedIn(retire(held({ 'hyper-v01': values }, renamed)))).toEqual({
      'hyper-v01': ['cifs/hyper-v02', 'cifs/storage.mabofeng.com:445'],
    });
  });

  it('is the same by whatever name the host is asked for', () => {
    const lists = { 'hyper-v02': ['cifs/a'], 'hyper-v01': ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'] };
    for (const name of ['hyper-v02.mabofeng.com', `CN=hyper-v02,${containers.hyperV}`]) {
      expect(removedIn(retire(held(lists), name))).toEqual(lists);
    }
  });

  it('takes what others hold for a host that is gone, by the name that was typed', () => {
    const gone = held({ 'hyper-v01': ['cifs/ghost99', 'cifs/ghost99.mabofeng.com', 'cifs/ghost98'] });
    const short = retire(gone, 'ghost99');
    expect(removedIn(short)).toEqual({ 'hyper-v01': ['cifs/ghost99', 'cifs/ghost99.mabofeng.com'] });
    expect(said(short, 'retire.host')).toEqual([
      'The directory has no computer “ghost99” any more: only what others hold for that name goes.',
    ]);
    expect(said(short, 'retire.left-over')).toEqual([]);
    expect(removedIn(retire(gone, 'ghost99.mabofeng.com'))).toEqual({
      'hyper-v01': ['cifs/ghost99.mabofeng.com'],
    });
  });

  it('takes it from users and service accounts within the search bases too', () => {
    const user = {
      ...hostOf(base, 'hyper-v01'),
      guid: guidOf(80),
      name: 'svc-web',
      samAccountName: 'svc-web',
      dn: `CN=svc-web,${containers.hyperV}`,
      objectClasses: ['top', 'person', 'organizationalPerson', 'user'],
      allowedToDelegateTo: ['HTTP/web', 'cifs/hyper-v02'],
    };
    expect(removedIn(retire([...base, user]))).toEqual({ 'svc-web': ['cifs/hyper-v02'] });
  });

  it('leaves objects outside of the search bases alone and says so', () => {
    const far = withHost(base, 'hyper-v03', { dn: `CN=hyper-v03,${elsewhere}` });
    const planned = retire(held({ 'hyper-v03': ['cifs/hyper-v02'], 'hyper-v01': ['cifs/hyper-v02'] }, far));
    expect(removedIn(planned)).toEqual({ 'hyper-v01': ['cifs/hyper-v02'] });
    expect(said(planned, 'retire.left-over')[0]).toContain(
      'hyper-v03 (outside the search bases) may still delegate to it',
    );
  });

  it('leaves the own list of a host outside of the search bases, and what others hold for it goes', () => {
    const far = withHost(base, 'hyper-v02', { dn: `CN=hyper-v02,${elsewhere}` });
    const planned = retire(held({ 'hyper-v02': ['cifs/a'], 'hyper-v01': ['cifs/hyper-v02'] }, far));
    expect(removedIn(planned)).toEqual({ 'hyper-v01': ['cifs/hyper-v02'] });
    expect(said(planned, 'retire.left-over')[0]).toContain(
      'hyper-v02 lies outside the search bases and keeps its own list',
    );
  });

  it.each([
    ['unconstrained delegation', 'hyper-v-any', 'it is trusted for unconstrained delegation'],
    ['the trust mode', 'hyper-v02', '“Use any authentication protocol” stays set on it'],
    ['an enabled account', 'hyper-v02', 'its account is enabled'],
    ['service names', 'hyper-v02', 'it keeps 4 service names'],
  ])('says that it leaves over %s', (_title, host, words) => {
    const planned = retire(held({ [host]: ['cifs/a'] }), host);
    expect(planned.kind).toBe('plan');
    expect(said(planned, 'retire.left-over')[0]).toContain(words);
  });

  it('leaves nothing over of a host that is bare and disabled', () => {
    const bare = withHost(base, 'hyper-v02', { userAccountControl: 0x1002, spns: [] });
    expect(said(retire(held({ 'hyper-v02': ['cifs/a'] }, bare)), 'retire.left-over')).toEqual([]);
  });

  it('cleans up after Tier 0, disabled hosts and domain controllers, where nothing could be added', () => {
    const bases = { searchBases: ['DC=mabofeng,DC=com'] };
    for (const host of ['hyper-v-t0', 'hyper-v-off', 'dc1']) {
      const lists = { [host]: ['cifs/a'], 'hyper-v01': [`cifs/${host}`] };
      expect(removedIn(planChange(inputOf(held(lists), retireAsk(host), bases)))).toEqual(lists);
    }
  });

  it('is refused for a name that several objects answer to', () => {
    const twin = withHost(base, 'hyper-v03', { dnsHostName: 'hyper-v02.mabofeng.com' });
    const planned = retire(held({ 'hyper-v02': ['cifs/a'] }, twin), 'hyper-v02.mabofeng.com');
    expect(planned).toEqual({
      kind: 'refused',
      verdicts: [
        {
          check: 'source.found',
          verdict: 'refuse',
          sentence: `2 objects answer to “hyper-v02.mabofeng.com”: CN=hyper-v02,${containers.hyperV} and CN=hyper-v03,${containers.hyperV}.`,
          remedy: 'Name the host by its distinguished name.',
        },
      ],
    });
  });

  it('has nothing to do where nobody delegates', () => {
    expect(retire(base).kind).toBe('already-so');
    expect(retire(base, 'ghost99').kind).toBe('already-so');
  });

  it('is carried out by a person where the mode says so, and names no owners', () => {
    const settings = { modes: { ...modes, 'delegation-remove': 'advise' as const } };
    const planned = planChange(inputOf(held({ 'hyper-v02': ['cifs/a'] }), retireAsk('hyper-v02'), settings));
    expect(planned).toMatchObject({
      kind: 'plan',
      part: { changes: [{ kind: 'delegation-remove', by: 'hand' }], destinations: [], forMs: null },
    });
  });

  it('has one order, in whatever order objects were read', () => {
    const lists = {
      'hyper-v03': ['cifs/hyper-v02'],
      'hyper-v01': ['cifs/hyper-v02'],
      'hyper-v02': ['cifs/a'],
    };
    const input = inputOf(held(lists), retireAsk('hyper-v02'));
    const { observation } = input;
    const turned = { ...observation, delegating: observation.delegating.toReversed() };
    expect(planChange({ ...input, observation: turned })).toEqual(planChange(input));
    expect(Object.keys(removedIn(planChange(input)))).toEqual(['hyper-v02', 'hyper-v01', 'hyper-v03']);
  });

  it('asks for everybody who delegates, and to derive it again for the objects of the plan', () => {
    const nothing = { destinations: [], all: false, services: [] };
    const host = hostName('hyper-v02');
    expect(questionOf(retireAsk('hyper-v02'), { undone: null })).toEqual({
      sources: [host],
      delegating: true,
      ...nothing,
    });
    const planned = retire(held({ 'hyper-v01': ['cifs/hyper-v02'] }));
    const part = planned.kind === 'plan' ? planned.part : { changes: [] };
    expect(questionOf(retireAsk('hyper-v02'), { undone: null }, part)).toEqual({
      sources: [host, { kind: 'guid', text: guidOf(1) }],
      delegating: true,
      ...nothing,
    });
  });
});
