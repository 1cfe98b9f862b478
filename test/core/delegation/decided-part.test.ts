import { deriveAgain } from './pair-planning';
import { after, ask, decide, decided, domain, edited, fresh, planned } from './decided';
import { askFor, guidOf, hostOf, lookUp } from './practice-domain';

const [owner] = decided.destinations;
if (!owner) throw new Error('no owner');
const contradiction =
  'The approved plan’s values before and after do not follow from what it does to hyper-v01.';

const forged: readonly [title: string, part: unknown, sentence: string][] = [
  ...['ldap/dc1', 'cifs/dc1', 'cifs/hyper-v02/evil', 'cifs/hyper-v02.x/y', 'nonsense', ''].map(
    (value): [string, unknown, string] => [
      `the value “${value}”`,
      edited({ add: [...planned.add, value] }),
      `The approved plan contains ${value}, which was not asked for.`,
    ],
  ),
  [
    'another class of service at the same host',
    edited({ add: planned.add.map((value) => value.replace('cifs/', 'HOST/')) }),
    'The approved plan contains HOST/hyper-v02 and HOST/hyper-v02.mabofeng.com, which was not asked for.',
  ],
  [
    'another object',
    edited({ guid: guidOf(3), name: 'hyper-v03', dn: hostOf(domain, 'hyper-v03').dn }),
    'The approved plan changes hyper-v03 (CN=hyper-v03,OU=Hyper-V,DC=mabofeng,DC=com), but hyper-v01 was asked for.',
  ],
  [
    'a further object',
    { ...decided, changes: [planned, { ...planned, name: 'dc1' }] },
    'The approved plan also changes dc1, which was not asked for.',
  ],
  ['no change', { ...decided, changes: [] }, 'The approved plan contains no change.'],
  [
    'values after that somebody wrote beside it',
    { ...decided, changes: [{ ...planned, after: [...after, 'ldap/dc1'] }] },
    'The approved plan has a form that no plan has.',
  ],
  [
    'a value that was there already',
    edited({ before: [...planned.before, ...planned.add.slice(0, 1)] }),
    contradiction,
  ],
  [
    'a kept value that was not there',
    edited({ add: planned.add.slice(1), keep: planned.add.slice(0, 1) }),
    contradiction,
  ],
  ['something removed beside what it adds', edited({ remove: ['cifs/ghost99'] }), contradiction],
  [
    'a kept value that was not asked for',
    edited({ keep: ['cifs/ghost99'] }),
    'The approved plan contains cifs/ghost99, which was not asked for.',
  ],
  [
    'nothing to add',
    { ...decided, changes: [{ ...planned, add: [] }], destinations: [] },
    'The approved plan adds nothing.',
  ],
  [
    'owners that were left out',
    { ...decided, destinations: [{ ...owner, spns: owner.spns.slice(1) }] },
    'The approved plan names owners of other SPNs than it adds.',
  ],
  [
    'owners of further SPNs',
    {
      ...decided,
      destinations: [{ ...owner, spns: [...owner.spns, { spn: 'ldap/dc1', through: 'explicit' }] }],
    },
    'The approved plan names owners of other SPNs than it adds.',
  ],
  [
    'one SPN with two owners',
    { ...decided, destinations: [owner, { ...owner, guid: guidOf(9), name: 'hyper-v09' }] },
    'The approved plan names owners of other SPNs than it adds.',
  ],
  ...(
    [
      ['', { guid: guidOf(9), name: 'hyper-v09' }],
      [' by its objectGUID', { guid: guidOf(9) }],
      [' by its name', { name: 'hyper-v09' }],
    ] as const
  ).map(([by, other]): [string, unknown, string] => [
    `one owner who is another${by}`,
    {
      ...decided,
      destinations: [
        { ...owner, spns: owner.spns.slice(1) },
        { ...owner, ...other, spns: owner.spns.slice(0, 1) },
      ],
    },
    'The approved plan names several objects as the owner of one host’s SPNs.',
  ]),
  [
    'a sentence of power of its own',
    { ...decided, powers: [{ source: 'hyper-v01', destination: 'hyper-v02' }] },
    'The approved plan has a form that no plan has.',
  ],
  [
    'less than was asked for',
    {
      ...decided,
      changes: [{ ...planned, add: planned.add.slice(0, 1) }],
      destinations: [{ ...owner, spns: owner.spns.filter(({ spn }) => spn === planned.add[0]) }],
    },
    'The approved plan is not the one that this request leads to.',
  ],
  [
    'another time',
    { ...decided, forMs: 60_000 },
    'The approved plan is for another time than was asked for.',
  ],
  [
    'another kind of change',
    { ...decided, changes: [{ ...planned, kind: 'delegation-remove' }] },
    'The approved plan contains another kind of change than was asked for.',
  ],
  [
    'a kind of change that there is not',
    { ...decided, changes: [{ ...planned, kind: 'delegation-replace' }] },
    'The approved plan has a form that no plan has.',
  ],
  [
    'another attribute',
    { ...decided, changes: [{ ...planned, attribute: 'userAccountControl' }] },
    'The approved plan has a form that no plan has.',
  ],
  ['nothing', null, 'The approved plan has a form that no plan has.'],
];

describe('a decided part that was edited', () => {
  it.each(forged)('is altered and says so when the approved plan has %s', (_, part, sentence) => {
    expect(deriveAgain(lookUp(domain, ask), part)).toEqual({ kind: 'altered', sentence });
  });

  it('is read the same however often, frozen as the ledger gives it', () => {
    const frozen = Object.freeze({ ...decided });
    const odd = Object.freeze({ ...decided, more: 1 });
    for (let time = 0; time < 2; time += 1) {
      expect(deriveAgain(lookUp(domain, ask), frozen)).toEqual({ kind: 'same', part: decided });
      expect(deriveAgain(lookUp(domain, ask), odd).kind).toBe('altered');
      expect(deriveAgain(fresh('hyper-v02', { userAccountControl: 0x1002 }), frozen).kind).toBe('stale');
    }
  });

  it('is altered when the plan belongs to another request', () => {
    const other = decide(lookUp(domain, askFor('hyper-v01', 'hyper-v03')));
    expect(deriveAgain(lookUp(domain, ask), other).kind).toBe('altered');
    const less = decide(lookUp(domain, askFor('hyper-v01', 'hyper-v02', ['cifs'])));
    expect(deriveAgain(lookUp(domain, ask), less).kind).toBe('altered');
    const more = deriveAgain(lookUp(domain, askFor('hyper-v01', 'hyper-v02', ['cifs'])), decided);
    expect(more.kind).toBe('altered');
  });

  it('tells of a power that it does not give as of a host with another name', () => {
    const elsewhere = { ...decided, destinations: [{ ...owner, name: 'hyper-v03' }] };
    const [source, destination] = [edited({ name: 'hyper-v03' }), elsewhere].map((part) =>
      deriveAgain(lookUp(domain, ask), part),
    );
    expect(source).toEqual({
      kind: 'stale',
      sentence: 'hyper-v03 was renamed to hyper-v01 since the plan was made.',
    });
    expect(destination).toEqual({
      kind: 'stale',
      sentence: 'hyper-v03 was renamed to hyper-v02 since the plan was made.',
    });
  });

  it('is altered, not stale, when an edited plan meets a changed directory', () => {
    const input = fresh('hyper-v02', { userAccountControl: 0x100_1002 });
    expect(deriveAgain(input, edited({ add: ['ldap/dc1'] })).kind).toBe('altered');
    expect(
      deriveAgain(lookUp(domain, askFor('hyper-v01', 'nobody')), edited({ add: ['ldap/dc1'] })).kind,
    ).toBe('altered');
  });

  it('ends in reasonable time and words for a plan with very many values', () => {
    const many = Array.from({ length: 50_000 }, (_, at) => `cifs/hyper-v02.${'x'.repeat(50)}${at}`);
    const again = deriveAgain(lookUp(domain, ask), edited({ before: many, add: many.map((v) => `${v}a`) }));
    expect(again.kind).toBe('altered');
    const strange = (length: number) =>
      deriveAgain(lookUp(domain, ask), edited({ add: [`ldap/${'x'.repeat(length)}`] }));
    const [long, longer] = [strange(19_000), strange(100_000)];
    expect(long.kind === 'altered' && long.sentence.length).toBe(2000);
    expect(longer.kind === 'altered' && longer.sentence).toContain('has a form that no plan has');
  });
});
