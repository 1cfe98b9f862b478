import { deriveAgain } from '../../../src/core/delegation/look';
import type { DirectoryPart, ListChange } from '../../../src/core/delegation/plan';
import { againIn, decidedIn, hour, readAgain, scenario } from './again-scenarios';
import { hostOf } from './practice-domain';

describe('a decided plan that no facts can have led to', () => {
  const changed = (title: string, name: string, part: Partial<ListChange>): DirectoryPart => {
    const decided = decidedIn(scenario(title));
    const changes = decided.changes.map((change) =>
      change.name === name && change.attribute === 'msDS-AllowedToDelegateTo'
        ? { ...change, ...part }
        : change,
    );
    return { ...decided, changes };
  };
  const asked = (value: string) => `The approved plan contains ${value}, which was not asked for.`;

  it.each<[title: string, scenario: string, host: string, part: Partial<ListChange>, sentence: string]>([
    [
      'a value of another service',
      'an onboarding',
      'hyper-v-kerb',
      { add: ['ldap/hyper-v02'] },
      asked('ldap/hyper-v02'),
    ],
    ['a value for a stranger', 'an onboarding', 'hyper-v-kerb', { add: ['cifs/dc1'] }, asked('cifs/dc1')],
    [
      'a value for another host',
      'a retirement',
      'hyper-v03',
      { remove: ['cifs/hyper-v01'] },
      asked('cifs/hyper-v01'),
    ],
    [
      'a value that was never added',
      'an undo of additions',
      'hyper-v01',
      { remove: ['cifs/ghost99'] },
      asked('cifs/ghost99'),
    ],
    [
      'a value that was never removed',
      'an undo of removals',
      'hyper-v01',
      { add: ['cifs/hyper-v03'] },
      asked('cifs/hyper-v03'),
    ],
    [
      'a kept value that was never removed',
      'an undo of removals',
      'hyper-v01',
      { keep: ['cifs/ghost99'] },
      asked('cifs/ghost99'),
    ],
    [
      'an addition',
      'a retirement',
      'hyper-v03',
      { kind: 'delegation-add', add: ['cifs/hyper-v02'], remove: [] },
      'The approved plan contains another kind of change than was asked for.',
    ],
    [
      'a removal',
      'an onboarding',
      'hyper-v-kerb',
      { kind: 'delegation-remove' },
      'The approved plan contains another kind of change than was asked for.',
    ],
  ])('is altered when it contains %s: %s', (_title, title, host, part, sentence) => {
    expect(againIn(title, {}, changed(title, host, part))).toEqual({ kind: 'altered', sentence });
  });

  it.each(['a removal', 'a retirement', 'an undo of additions', 'an onboarding'])(
    'is altered when it is for a time: %s',
    (title) => {
      expect(againIn(title, {}, { ...decidedIn(scenario(title)), forMs: hour })).toEqual({
        kind: 'altered',
        sentence: 'The approved plan is for another time than was asked for.',
      });
    },
  );

  it('is altered when it sets a trust mode that is asked to stay, or more than the one bit', () => {
    const known = scenario('a delegation with its trust mode');
    const decided = decidedIn(known);
    const stays = { ...known, ask: { ...known.ask, protocol: 'kerberos' } as typeof known.ask };
    expect(deriveAgain(readAgain(stays, decided), decided)).toEqual({
      kind: 'altered',
      sentence: 'The approved plan contains another kind of change than was asked for.',
    });
    for (const [before, after] of [
      [0x1000, 0x108_1000],
      [0x1000, 0x8_1000],
      [0x8_1000, 0x108_1000],
      [0x100_1000, 0x100_1000],
      [0x100_1000, 0x1000],
    ] as const) {
      const changes = decided.changes.map((change) =>
        change.attribute === 'userAccountControl' ? { ...change, before, after } : change,
      );
      expect(deriveAgain(readAgain(known, decided), { ...decided, changes })).toEqual({
        kind: 'altered',
        sentence:
          'The approved plan’s values before and after do not follow from what it does to hyper-v-kerb.',
      });
    }
  });

  it('is altered when it changes an object that was not asked for', () => {
    const stranger = hostOf(scenario('a removal').domain, 'hyper-v04');
    for (const title of ['a delegation with its trust mode', 'a removal', 'an undo of additions']) {
      const decided = decidedIn(scenario(title));
      const [first, ...rest] = decided.changes;
      if (!first) throw new Error('no change');
      const { guid, dn } = stranger;
      const part = { ...decided, changes: [first, { ...first, guid, dn, name: 'hyper-v04' }, ...rest] };
      expect(againIn(title, {}, part)).toEqual({
        kind: 'altered',
        sentence: 'The approved plan also changes hyper-v04, which was not asked for.',
      });
    }
  });
});
