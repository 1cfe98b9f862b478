import fc from 'fast-check';

import {
  dnParts,
  domainOf,
  isSameDn,
  isWithin,
  leafOf,
} from '../../../src/core/delegation/distinguished-name';

const OU = 'OU=Hyper-V,DC=mabofeng,DC=com';

describe('distinguished names', () => {
  it.each([
    ['below the base', `CN=hyper-v01,${OU}`, OU, true],
    ['in a sub-OU of the base', `CN=hyper-v01,OU=Rack 1,${OU}`, OU, true],
    ['the base itself', OU, OU, true],
    ['in another case and with spaces', `cn=HYPER-V01, ou=hyper-v, dc=MABOFENG, dc=com`, OU, true],
    ['with escapes that mean the same', `CN=a,OU=Hyper\\2dV,DC=mabofeng,DC=com`, OU, true],
    [
      'below an OU whose name only ends like the base',
      `CN=a,OU=Not-OU=Hyper-V,DC=mabofeng,DC=com`,
      OU,
      false,
    ],
    ['with a text that only ends like the base', `CN=a,OU=XHyper-V,DC=mabofeng,DC=com`, OU, false],
    ['with the base inside an escaped value', `CN=a\\,OU=Hyper-V\\,DC=mabofeng\\,DC=com`, OU, false],
    ['with a comma escaped before the base', `CN=a\\,OU=Hyper-V,DC=mabofeng,DC=com`, OU, false],
    ['with the base not at the end', `CN=a,${OU},DC=evil`, OU, false],
    ['shorter than the base', 'DC=mabofeng,DC=com', OU, false],
    ['that the base only begins with', 'OU=Hyper-V', OU, false],
    ['below an empty base', `CN=a,${OU}`, '', false],
    ['that is no name', 'hyper-v01', OU, false],
    ['ending in a lone backslash', `CN=a,${OU}\\`, OU, false],
  ])('decide whether a name lies within a base: %s', (_, dn, base, isInside) => {
    expect(isWithin(dn, base)).toBe(isInside);
  });

  it('are the same whatever the case, spaces and escapes', () => {
    expect(isSameDn('CN=Müller\\, A,DC=x', 'cn = m\\C3\\BCller\\2C a, dc=X')).toBe(true);
    expect(isSameDn('CN=a\\ ,DC=x', 'CN=a,DC=x')).toBe(false);
    expect(isSameDn('CN=a,DC=x', 'CN=b,DC=x')).toBe(false);
    expect(isSameDn('CN=a,DC=x', 'DC=x')).toBe(false);
    expect(isSameDn('', '')).toBe(false);
  });

  it('do not let an escaped backslash escape again', () => {
    expect(dnParts('CN=a\\5c\\2cb')).toEqual(['cn=a\\,b']);
    expect(dnParts('CN=a\\\\,DC=x')).toEqual(['cn=a\\', 'dc=x']);
  });

  it('are no names when parts are empty, joined or without a type', () => {
    for (const text of ['CN=a,,DC=x', 'CN=', 'CN=a+OU=b,DC=x', '=a', 'C N=a', 'CN=a,', 'CN=a\\']) {
      expect(dnParts(text)).toBeNull();
    }
  });

  it('tell domain and leaf', () => {
    expect(domainOf(`CN=a,${OU}`)).toBe('mabofeng.com');
    expect(domainOf('CN=a,DC=x,OU=b,DC=Y')).toBe('y');
    expect(domainOf('CN=a')).toBe('');
    expect(leafOf('CN=Hyper-V01,DC=x')).toBe('hyper-v01');
    expect(leafOf('hyper-v01')).toBeNull();
  });

  it('read any text without throwing', () => {
    const char = fc.constantFrom('\\', ',', '+', '=', ' ', 'a', '2', 'c', 'é', '\u{1F600}', '\n');
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 30 }), (text) => {
        expect([null, 'object']).toContain(dnParts(text) === null ? null : typeof dnParts(text));
        expect(isSameDn(text, text)).toBe(dnParts(text) !== null);
      }),
    );
  });
});

describe('look-alikes in a distinguished name', () => {
  it('are other names: only ASCII letters have a case', () => {
    // U+212A, the Kelvin sign, becomes an ASCII k under Unicode lower-casing.
    expect(isWithin('CN=a,OU=\u212A,DC=x', 'OU=k,DC=x')).toBe(false);
    expect(isWithin('CN=a,OU=K,DC=x', 'OU=k,DC=x')).toBe(true);
  });
});
