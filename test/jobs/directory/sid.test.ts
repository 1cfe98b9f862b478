import { sidDn, sidText } from '../../../src/jobs/directory/sid';

it.each([
  ['BUILTIN\\Administrators', '01020000000000052000000020020000', 'S-1-5-32-544'],
  [
    'one of a domain',
    '010500000000000515000000a065cf7e784b9b5fe77c8770091c0100',
    'S-1-5-21-2127521184-1604012920-1887927527-72713',
  ],
  ['Everyone', '010100000000000100000000', 'S-1-1-0'],
  ['the largest parts', '0101ffffffffffffffffffff', 'S-1-0xffffffffffff-4294967295'],
  ['an authority just beyond 32 bits', '010100010000000001000000', 'S-1-0x000100000000-1'],
])('reads the bytes of %s', (_whose, bytes, text) => {
  expect(sidText(Buffer.from(bytes, 'hex'))).toBe(text);
  expect(sidDn(text)).toBe(`<SID=${text}>`);
});

it.each([
  ['nothing', ''],
  ['another revision', '02020000000000052000000020020000'],
  ['less than it says', '010200000000000520000000'],
  ['more than it says', '0102000000000005200000002002000000000000'],
  ['no sub-authority', '0100000000000005'],
])('does not read %s', (_what, bytes) => {
  expect(() => sidText(Buffer.from(bytes, 'hex'))).toThrow('invariant');
});

it.each(['', 'S-1-5', 'S-1-5-32-544>,DC=x', 'S-2-5-32', 'CN=x'])('addresses nothing by “%s”', (text) => {
  expect(() => sidDn(text)).toThrow('invariant');
});
