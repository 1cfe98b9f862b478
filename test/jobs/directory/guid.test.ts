import { guidDn, guidText, isGuid } from '../../../src/jobs/directory/guid';

it('writes objectGUID as people know it: three fields are stored little-endian', () => {
  const bytes = Buffer.from('04030201060508070102030405060708', 'hex');
  expect(guidText(bytes)).toBe('01020304-0506-0708-0102-030405060708');
});

it('addresses an object by nothing but a GUID', () => {
  const guid = '01020304-0506-0708-0102-030405060708';
  expect(guidDn(guid)).toBe(`<GUID=${guid}>`);
  for (const text of ['', 'x', `${guid}>,DC=x`, guid.toUpperCase().replace('0', 'A'), `${guid}\n`]) {
    expect(isGuid(text)).toBe(false);
    expect(() => guidDn(text)).toThrow('invariant');
  }
  expect(() => guidText(Buffer.alloc(15))).toThrow('invariant');
});
