import type { Entry } from 'ldapts';

import { shortName, toComputer, toHolder } from '../../../src/jobs/directory/computer-entry';

const whole: Entry = {
  dn: 'CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com',
  objectGUID: Buffer.from('04030201060508070102030405060708', 'hex'),
  objectClass: ['top', 'user', 'computer'],
  sAMAccountName: 'HV01$',
  dNSHostName: 'hv01.mabofeng.com',
  userAccountControl: '16781312',
  primaryGroupID: '515',
  adminCount: [],
  servicePrincipalName: 'HOST/HV01',
  'msDS-AllowedToDelegateTo': ['cifs/b', 'CIFS/a'],
  memberOf: [],
};

it('makes lists of one value, of many and of none, sorted without regard to case', () => {
  expect(toComputer(whole)).toEqual({
    guid: '01020304-0506-0708-0102-030405060708',
    dn: whole.dn,
    name: 'hv01',
    samAccountName: 'HV01$',
    dnsHostName: 'hv01.mabofeng.com',
    objectClasses: ['top', 'user', 'computer'],
    userAccountControl: 0x100_1000,
    primaryGroupId: 515,
    adminCount: false,
    spns: ['HOST/HV01'],
    allowedToDelegateTo: ['CIFS/a', 'cifs/b'],
    memberOf: [],
  });
});

it('reads userAccountControl as unsigned: its highest bit makes no negative number', () => {
  const { userAccountControl } = toComputer({ ...whole, userAccountControl: '-2147479552' });
  expect(userAccountControl).toBe(0x8000_1000);
});

it.each([
  ['1', true],
  ['0', false],
])('takes adminCount %s for %s', (adminCount, expected) => {
  expect(toComputer({ ...whole, adminCount }).adminCount).toBe(expected);
});

it('reads text that ldapts gave as bytes, as it does when one value of a list is no UTF-8', () => {
  const values = [Buffer.from('cifs/a'), Buffer.from([0xff])];
  expect(toComputer({ ...whole, 'msDS-AllowedToDelegateTo': values }).allowedToDelegateTo).toEqual([
    'cifs/a',
    '\uFFFD',
  ]);
});

it.each<[string, Entry]>([
  [
    'a list that is only the first part of a longer one',
    { ...whole, 'msDS-AllowedToDelegateTo': [], 'msDS-AllowedToDelegateTo;range=0-1499': ['cifs/a'] },
  ],
  ['an account without userAccountControl', { ...whole, userAccountControl: [] }],
  ['an account without primaryGroupID', { ...whole, primaryGroupID: [] }],
  ['a userAccountControl that is no number', { ...whole, userAccountControl: 'many' }],
  ['an object without objectGUID', { ...whole, objectGUID: [] }],
  ['an objectGUID that was read as text', { ...whole, objectGUID: 'abcdefghijklmnop' }],
])('refuses to judge by %s', (_title, entry) => {
  expect(() => toComputer(entry)).toThrow(
    expect.objectContaining({ code: 'directory.unreadable', retry: 'never' }),
  );
});

it('shows a group, which has neither, as what it is', () => {
  const group = { ...whole, objectClass: ['top', 'group'], userAccountControl: [], primaryGroupID: [] };
  expect(toComputer(group)).toMatchObject({ objectClasses: ['top', 'group'], userAccountControl: 0 });
});

it('names a holder without an account by its common name', () => {
  expect(toHolder({ ...whole, sAMAccountName: [] }).name).toBe('hv01');
});

it('folds only ASCII letters, so that the Kelvin sign does not become a k', () => {
  expect(shortName('HV-K01$')).toBe('hv-k01');
  expect(shortName('HV-\u212A01$')).toBe('hv-\u212A01');
});
