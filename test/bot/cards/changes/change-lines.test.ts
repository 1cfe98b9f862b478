import fc from 'fast-check';

import { exactLines, isSpelledWhole, shortLines } from '../../../../src/bot/cards/changes/change-lines';
import { sortValues } from '../../../../src/core/delegation/values';
import { changeOf, hostNames, oddNames, valuesFor } from '../../support/many-hosts';
import { valuesInLine } from '../../support/told-values';

const MIGRATION = 'Microsoft Virtual System Migration Service';

/** The values on the lines with one sign. */
function valuesIn(lines: readonly string[], sign: '+' | '−' | '≡'): readonly string[] {
  const texts = lines.filter((line) => line.startsWith(`${sign}  `)).map((line) => line.slice(3));
  return texts.flatMap((text) => valuesInLine(text));
}

const ordinary = fc
  .record({
    prefix: fc.constantFrom('cifs', MIGRATION, 'CIFS', 'HTTP', 'cifs of a', ''),
    host: fc.constantFrom('a', 'b', 'hyper-v01', 'hyper-v02', 'hyper-v03', 'A', 'B', 'a, b', 'x_y', 'é', ''),
    domain: fc.constantFrom(
      '',
      '.mabofeng.com',
      '.MABOFENG.com',
      '.other.com',
      '.',
      ':445',
      '/a',
      '. in x',
      '.a b',
    ),
  })
  .map(({ prefix, host, domain }) => `${prefix}/${host}${domain}`);
const odd = fc.constantFrom(
  'cifs of a in mabofeng.com',
  'cifs/a\n+  cifs/dc1',
  'cifs/a\u202E/b',
  '"cifs/a"',
  ' cifs/a',
  'cifs/a ',
  'nothing',
  '',
);
const whole = fc.shuffledSubarray(
  ['a', 'b', 'c', 'hyper-v01', 'hyper-v02', 'hyper-v03', 'hyper-v4'].flatMap((name) => [...valuesFor(name)]),
);
const lists = fc
  .tuple(
    whole,
    fc.array(ordinary, { maxLength: 12 }),
    fc.array(odd, { maxLength: 3 }),
    fc.array(fc.string({ unit: 'grapheme' })),
  )
  .map((each) => sortValues([...new Set(each.flat())]))
  .filter(({ length }) => length > 0);

describe('the short form of a change', () => {
  it('leaves nothing away: the values can be read off the lines again', () => {
    fc.assert(
      fc.property(lists, (values) => {
        const added = shortLines(changeOf('hv01', { add: values }));
        expect(sortValues(valuesIn(added, '+'))).toEqual(values);
        const removed = shortLines(changeOf('hv01', { remove: values }));
        expect(sortValues(valuesIn(removed, '−'))).toEqual(values);
        expect(sortValues(valuesIn(shortLines(changeOf('hv01', { keep: values })), '≡'))).toEqual(values);
        for (const line of [...added, ...removed]) expect(line).not.toMatch(/[\n\u202E]/);
      }),
      { numRuns: 300 },
    );
  });

  it('says all of a host, and of hosts alike, in one line', () => {
    const add = sortValues([
      ...valuesFor('hv02'),
      ...valuesFor('hv03'),
      'cifs/hv04',
      'cifs/hv04.mabofeng.com',
    ]);
    expect(shortLines(changeOf('hv01', { add, staying: ['HTTP/x'] }))).toEqual([
      'hv01 (CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com)',
      '+  cifs and migration of hv02, hv03 in mabofeng.com',
      '+  cifs of hv04 in mabofeng.com',
      '=  1 other value stays',
    ]);
  });

  it('writes out what does not follow the rule: one spelling alone, another one, another domain, a port', () => {
    const remove = [
      'cifs/a',
      'CIFS/b',
      'cifs/b.x.com',
      'cifs/c',
      'cifs/c:445',
      'cifs/d',
      'cifs/d.x.com',
      'cifs/d.y.com',
    ];
    expect(shortLines(changeOf('hv01', { remove, staying: ['HTTP/x', 'HTTP/y'] }))).toEqual([
      'hv01 (CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com)',
      '−  cifs of d in x.com',
      '−  cifs/a',
      '−  CIFS/b',
      '−  cifs/b.x.com',
      '−  cifs/c',
      '−  cifs/c:445',
      '−  cifs/d.y.com',
      '=  2 other values stay',
    ]);
  });

  it('has lines that fit a block, however many hosts there are', () => {
    const lines = shortLines(
      changeOf('hv01', { add: hostNames(240, true).flatMap((name) => [...valuesFor(name)]) }),
    );
    expect(lines).toHaveLength(2);
    const many = shortLines(changeOf('hv01', { add: oddNames(240).flatMap((name) => [...valuesFor(name)]) }));
    expect(many.length).toBeGreaterThan(6);
    for (const line of many) expect(line.length).toBeLessThan(700);
    for (const line of lines) expect(line.length).toBeLessThan(700);
  });

  it('knows a value that is too long to be shown', () => {
    const whole = (values: Partial<Parameters<typeof isSpelledWhole>[0]>) =>
      isSpelledWhole({ add: [], remove: [], keep: [], ...values });
    expect(whole({ remove: ['cifs/a', `cifs/${'b'.repeat(295)}`] })).toBe(true);
    expect(whole({ remove: ['cifs/a', `cifs/${'b'.repeat(296)}`] })).toBe(false);
    expect(whole({ add: [`cifs/${'b'.repeat(296)}`] })).toBe(false);
    expect(whole({ keep: [`cifs/${'b'.repeat(296)}`] })).toBe(false);
  });
});

describe('the exact form of a change', () => {
  it('has every value on a line of its own, what goes and what stays', () => {
    expect(
      exactLines(changeOf('hv01', { remove: ['cifs/a', 'cifs/b\n+  cifs/dc1'], staying: ['HTTP/x'] })),
    ).toEqual([
      'msDS-AllowedToDelegateTo of hv01 (CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com)',
      '−  cifs/a',
      String.raw`−  "cifs/b\n+  cifs/dc1"`,
      '=  HTTP/x',
    ]);
  });

  it('tells what was there for a time only and stays now', () => {
    expect(exactLines(changeOf('hv01', { add: ['cifs/a'], keep: ['cifs/b'], staying: ['HTTP/x'] }))).toEqual([
      'msDS-AllowedToDelegateTo of hv01 (CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com)',
      '+  cifs/a',
      '≡  cifs/b',
      '(≡ was there for a time only; with this it stays for good, or for the time that is said below.)',
      '=  HTTP/x',
    ]);
  });

  it('has a name, a distinguished name or a staying value that breaks its line in one line all the same', () => {
    const change = {
      ...changeOf('hv\n+  cifs/a', { add: ['cifs/b'], staying: ['x/\u202Ey'] }),
      dn: 'CN=\n−',
    };
    expect(exactLines(change)).toEqual([
      String.raw`msDS-AllowedToDelegateTo of hv\u000a+  cifs/a (CN=\u000a−)`,
      '+  cifs/b',
      String.raw`=  x/\u202ey`,
    ]);
  });
});
