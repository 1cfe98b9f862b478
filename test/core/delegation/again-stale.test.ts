import { deriveAgain } from '../../../src/core/delegation/look';
import { modes } from '../../support/request-record';
import { againIn, decidedIn, readAgain, scenario, type Later, type Settings } from './again-scenarios';
import { historyOf } from './asks';
import { guidOf, withHost, type Domain } from './practice-domain';

const SINCE = 'since the plan was made.';
const SETTINGS = `Who carries it out was changed in handover.yaml ${SINCE}`;

const edit =
  (name: string, part: Parameters<typeof withHost>[2]) =>
  (domain: Domain): Domain =>
    withHost(domain, name, part);
const without = (name: string) => (domain: Domain) => domain.filter((object) => object.name !== name);
const another = (domain: Domain): Domain => [
  ...domain,
  ...domain
    .filter(({ name }) => name === 'hyper-v03')
    .map((host) => JSON.parse(JSON.stringify(host).replaceAll('hyper-v03', 'hyper-v07')) as Domain[number])
    .map((host) => ({ ...host, guid: guidOf(70), allowedToDelegateTo: ['cifs/hyper-v02'] })),
];

describe('a decided plan that the facts have overtaken', () => {
  const table: readonly [scenario: string, when: string, later: Later, sentence: string][] = [
    [
      'a delegation with its trust mode',
      'other bits of the account were changed',
      { domain: edit('hyper-v-kerb', { userAccountControl: 0x1_1000 }) },
      `userAccountControl of hyper-v-kerb was changed ${SINCE}`,
    ],
    [
      'a delegation with its trust mode',
      'other bits were changed and the mode was set',
      { domain: edit('hyper-v-kerb', { userAccountControl: 0x101_1000 }) },
      `userAccountControl of hyper-v-kerb was changed ${SINCE}`,
    ],
    [
      'a delegation with its trust mode',
      'the account became unconstrained',
      { domain: edit('hyper-v-kerb', { userAccountControl: 0x8_1000 }) },
      `userAccountControl of hyper-v-kerb was changed ${SINCE} hyper-v-kerb is trusted for unconstrained delegation: it may already act as any user on any host.`,
    ],
    [
      'a delegation with its trust mode',
      'the worker is to set the mode instead of a person',
      { settings: { modes: { ...modes, 'trust-mode': 'act' } } },
      SETTINGS,
    ],
    [
      'a delegation with its trust mode',
      'a person is to write lists instead of the worker',
      { settings: { modes: { ...modes, 'delegation-add': 'advise' } } },
      SETTINGS,
    ],
    [
      'a delegation for a time that keeps a value',
      'somebody wants the kept value for good',
      { settings: { history: historyOf([[guidOf(1), 'cifs/hyper-v02', null]]) } },
      `How long values of hyper-v01 stay was changed ${SINCE}`,
    ],
    [
      'a delegation for a time that keeps a value',
      'nobody claims the kept value any more',
      { settings: { history: historyOf([]) } },
      `How long values of hyper-v01 stay was changed ${SINCE}`,
    ],
    [
      'a delegation for a time that keeps a value',
      'the kept value is gone',
      { domain: edit('hyper-v01', { allowedToDelegateTo: ['cifs/ghost99'] }) },
      `CIFS/hyper-v02 was removed from hyper-v01 ${SINCE}`,
    ],
    [
      'a delegation to a file server',
      'its place is none for file servers any more',
      { settings: { fileServerBases: [] } },
      'files01 lies outside the search bases: CN=files01,OU=File-Servers,DC=mabofeng,DC=com.',
    ],
    [
      'an onboarding among all',
      'another host came',
      { domain: another },
      'By now it would also be about cifs/hyper-v07 of hyper-v01, cifs/hyper-v07.mabofeng.com of hyper-v01, Microsoft Virtual System Migration Service/hyper-v07 of hyper-v01, Microsoft Virtual System Migration Service/hyper-v07.mabofeng.com of hyper-v01, cifs/hyper-v01 of hyper-v07 and 3 more.',
    ],
    [
      'an onboarding',
      'the other host got another peer',
      { domain: edit('hyper-v04', { allowedToDelegateTo: ['HTTP/hyper-v02'] }) },
      'By now it would also be about cifs/hyper-v04 of hyper-v-kerb, cifs/hyper-v04.mabofeng.com of hyper-v-kerb, Microsoft Virtual System Migration Service/hyper-v04 of hyper-v-kerb, Microsoft Virtual System Migration Service/hyper-v04.mabofeng.com of hyper-v-kerb, cifs/hyper-v-kerb of hyper-v04 and 3 more.',
    ],
    [
      'a retirement',
      'somebody else may delegate to the host',
      { domain: edit('hyper-v04', { allowedToDelegateTo: ['cifs/hyper-v02'] }) },
      'By now it would also be about cifs/hyper-v02 of hyper-v04.',
    ],
    [
      'a retirement',
      'one that may delegate to it is gone',
      { domain: without('hyper-v03') },
      'By now it would no longer be about cifs/hyper-v02 of hyper-v03 and cifs/hyper-v02.mabofeng.com of hyper-v03.',
    ],
    [
      'a retirement',
      'a list was edited',
      { domain: edit('hyper-v03', { allowedToDelegateTo: ['cifs/hyper-v02'] }) },
      `cifs/hyper-v01, cifs/hyper-v01.mabofeng.com and cifs/hyper-v02.mabofeng.com were removed from hyper-v03 ${SINCE}`,
    ],
    [
      'an undo of additions',
      'somebody else asked for a value',
      {
        settings: {
          history: historyOf([[guidOf(1), 'cifs/hyper-v02', null]], journalOf('an undo of additions')),
        },
      },
      'By now it would no longer be about cifs/hyper-v02 of hyper-v01.',
    ],
    [
      'an undo of additions',
      'an object is gone',
      { domain: without('hyper-v01') },
      'By now it would no longer be about cifs/hyper-v02 of hyper-v01 and cifs/hyper-v02.mabofeng.com of hyper-v01.',
    ],
    [
      'an undo of removals',
      'a host of what comes back was disabled',
      { domain: edit('hyper-v01', { userAccountControl: 0x100_1002 }) },
      'The account of hyper-v01 is disabled.',
    ],
    [
      'a removal',
      'one of the hosts is gone',
      { domain: without('hyper-v03') },
      'The directory has no computer “hyper-v03”.',
    ],
  ];
  it.each(table)('is stale: %s, when %s', (title, _when, later, sentence) => {
    expect(againIn(title, later)).toEqual({ kind: 'stale', sentence });
  });

  it('is stale when a host that was asked for by name is gone, by whatever name', () => {
    for (const host of ['hyper-v01', 'hyper-v-kerb']) {
      expect(againIn('a delegation with its trust mode', { domain: without(host) })).toEqual({
        kind: 'stale',
        sentence: expect.stringContaining(`The directory has no computer “${host}”.`),
      });
    }
  });

  it('is stale when the trust mode is nobody’s to ask for any more, though it was never said', () => {
    const known = scenario('a delegation with its trust mode');
    const unsaid = { ...known, ask: { ...known.ask, protocol: null } as typeof known.ask };
    const decided = decidedIn(unsaid);
    expect(decided.changes.map(({ kind }) => kind)).toContain('trust-mode');
    const later = (settings: Settings) => deriveAgain(readAgain(unsaid, decided, { settings }), decided);
    expect(later({ mayTrust: false })).toEqual({ kind: 'stale', sentence: SETTINGS });
    expect(later({ modes: { ...modes, 'trust-mode': 'observe' } })).toEqual({
      kind: 'stale',
      sentence: SETTINGS,
    });
  });

  it('is the same when somebody has set the trust mode already, and nothing else', () => {
    const domain = edit('hyper-v-kerb', { userAccountControl: 0x100_1000 });
    expect(againIn('a delegation with its trust mode', { domain }).kind).toBe('same');
  });
});

function journalOf(title: string) {
  return scenario(title).settings?.history?.undone?.steps ?? [];
}
