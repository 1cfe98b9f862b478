import { deriveAgain } from './pair-planning';
import { ask, decide, decided, domain, edited, fresh, planned } from './decided';
import { askFor, guidOf, hostOf, lookUp } from './practice-domain';

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
    'a value that appears from nowhere',
    edited({ after: [...planned.after, 'ldap/dc1'] }),
    'The approved plan’s values before and after do not follow from what it adds to hyper-v01.',
  ],
  [
    'a value that was there already',
    edited({ before: [...planned.before, ...planned.add.slice(0, 1)] }),
    'The approved plan’s values before and after do not follow from what it adds to hyper-v01.',
  ],
  [
    'nothing to add',
    edited({ add: [], owners: [], after: planned.before }),
    'The approved plan adds nothing.',
  ],
  [
    'owners that were left out',
    edited({ owners: planned.owners.slice(1) }),
    'The approved plan names owners of other SPNs than it adds.',
  ],
  [
    'one owner who is another',
    edited({ owners: planned.owners.map((owner, at) => (at === 0 ? { ...owner, guid: guidOf(9) } : owner)) }),
    'The approved plan names several objects as the owner of one host’s SPNs.',
  ],
  [
    'a second sentence of power',
    { ...decided, powers: [...decided.powers, ...decided.powers] },
    'The approved plan’s sentence of power does not tell what it changes.',
  ],
  [
    'a sentence of power about another source',
    { ...decided, powers: [{ source: 'hyper-v03', destination: 'hyper-v02' }] },
    'The approved plan’s sentence of power does not tell what it changes.',
  ],
  [
    'a sentence of power about another destination',
    { ...decided, powers: [{ source: 'hyper-v01', destination: 'hyper-v03' }] },
    'The approved plan’s sentence of power does not tell what it changes.',
  ],
  [
    'less than was asked for',
    edited({
      add: planned.add.slice(0, 1),
      after: [...planned.before, ...planned.add.slice(0, 1)],
      owners: planned.owners.slice(0, 1),
    }),
    'The approved plan is not the one that this request leads to.',
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

  it('is altered when the plan belongs to another request', () => {
    const other = decide(lookUp(domain, askFor('hyper-v01', 'hyper-v03')));
    expect(deriveAgain(lookUp(domain, ask), other).kind).toBe('altered');
    const less = decide(lookUp(domain, askFor('hyper-v01', 'hyper-v02', ['cifs'])));
    expect(deriveAgain(lookUp(domain, ask), less).kind).toBe('altered');
    const more = deriveAgain(lookUp(domain, askFor('hyper-v01', 'hyper-v02', ['cifs'])), decided);
    expect(more.kind).toBe('altered');
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
    const strange = deriveAgain(lookUp(domain, ask), edited({ add: [`ldap/${'x'.repeat(100_000)}`] }));
    expect(strange.kind === 'altered' && strange.sentence.length).toBe(2000);
  });
});
