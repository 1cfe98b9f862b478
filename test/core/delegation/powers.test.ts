import type { DirectoryPart, ListChange } from '../../../src/core/delegation/plan';
import { afterOf, listChanges, ownersOf, powersOf } from '../../../src/core/delegation/powers';

const change = (name: string, part: Partial<ListChange>): ListChange => ({
  kind: 'delegation-add',
  guid: name,
  dn: `CN=${name}`,
  name,
  by: 'worker',
  attribute: 'msDS-AllowedToDelegateTo',
  before: [],
  add: [],
  keep: [],
  remove: [],
  trust: 'any-protocol',
  ...part,
});
const trust = {
  kind: 'trust-mode',
  guid: 'a',
  dn: 'CN=a',
  name: 'a',
  by: 'hand',
  attribute: 'userAccountControl',
  before: 0x1000,
  after: 0x100_1000,
} as const;
const part = (...changes: DirectoryPart['changes']): DirectoryPart => ({
  changes,
  destinations: [
    {
      guid: 'B',
      name: 'b',
      spns: [
        { spn: 'cifs/b', through: 'host' },
        { spn: 'cifs/b.x', through: 'explicit' },
      ],
    },
    { guid: 'C', name: 'c', spns: [{ spn: 'cifs/c', through: 'host' }] },
  ],
  forMs: null,
});

describe('what a plan gives and takes', () => {
  it('gives power over the owners of what is added or kept, each once, in the order of the changes', () => {
    const first = change('x', { before: ['CIFS/C'], add: ['cifs/b', 'cifs/b.x'], keep: ['CIFS/C'] });
    expect(powersOf(part(first, change('w', { add: ['cifs/c'] })))).toEqual([
      { source: 'x', destination: 'b' },
      { source: 'x', destination: 'c' },
      { source: 'w', destination: 'c' },
    ]);
  });

  it('takes power over the hosts that removed values name, whatever their service and name', () => {
    const remove = ['CIFS/Gone.x', 'HTTP/gone:80', 'ldap/dc1.x/y', 'nonsense'];
    expect(powersOf(part(change('x', { kind: 'delegation-remove', before: remove, remove })))).toEqual(
      ['gone', 'dc1', 'nonsense'].map((destination) => ({ source: 'x', destination })),
    );
  });

  it('is nothing for a trust mode, nor for a value that nobody owns', () => {
    expect(powersOf(part(trust, change('x', { add: ['cifs/else'] })))).toEqual([]);
    expect(listChanges(part(trust, change('x', {}))).map(({ name }) => name)).toEqual(['x']);
  });

  it('names the owners of what one change adds, in the order of its values and as they are registered', () => {
    const one = change('x', { add: ['CIFS/B.X', 'cifs/c', 'cifs/else'], keep: ['cifs/b'] });
    expect(ownersOf(part(one), one)).toEqual([
      { spn: 'cifs/b.x', guid: 'B', name: 'b', through: 'explicit' },
      { spn: 'cifs/c', guid: 'C', name: 'c', through: 'host' },
    ]);
  });

  it('leaves after it what was there and what is added, without what is removed, in any spelling', () => {
    expect(afterOf({ before: ['CIFS/b', 'x/y'], add: ['cifs/B', 'cifs/a'], remove: ['X/Y'] })).toEqual([
      'cifs/a',
      'CIFS/b',
    ]);
  });
});
