import { groupsOf, HostGroups } from '../../../src/core/policy/host-groups';

const groups = HostGroups.parse({
  production: ['hyper-v0[1-4]', 'PROD-*'],
  night: ['hyper-v03', 'n[08-12]x'],
  everything: ['*'],
});

describe('host groups', () => {
  it.each([
    ['hyper-v01', ['everything', 'production']],
    ['HYPER-V03.mabofeng.com', ['everything', 'night', 'production']],
    ['hyper-v04$', ['everything', 'production']],
    ['hyper-v05', ['everything']],
    ['hyper-v0001', ['everything']],
    ['xhyper-v01', ['everything']],
    ['prod-', ['everything', 'production']],
    ['prod-a-1', ['everything', 'production']],
    ['n08x', ['everything', 'night']],
    ['n8x', ['everything']],
    ['n12x', ['everything', 'night']],
    ['n13x', ['everything']],
    ['', ['everything']],
    ['a b', []],
    [`prod-${'a'.repeat(64)}`, []],
  ])('%s is in %j', (host, names) => {
    expect(groupsOf(groups, host)).toEqual(names);
  });

  it('are none where none are named', () => {
    expect(groupsOf(undefined, 'hyper-v01')).toEqual([]);
  });

  it.each(['hyper-v[4-1]', 'hyper_v01', 'a.b', '', '(a+)+', 'hyper-v[1-'])(
    'refuse the pattern %j',
    (pattern) => {
      expect(HostGroups.safeParse({ production: [pattern] }).success).toBe(false);
    },
  );
});
