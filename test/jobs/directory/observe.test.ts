import type { Entry, SearchOptions } from 'ldapts';

import type { LdapSession } from '../../../src/jobs/directory/ldap-session';
import { hasExactly } from '../../../src/jobs/directory/host-lookup';
import { toComputer } from '../../../src/jobs/directory/computer-entry';
import { observe as observeHosts } from '../../../src/jobs/directory/observe';
import { sidBytes } from '../../support/sid-bytes';
import { aboutPair, seenOfPair, type PairQuestion } from '../../support/pair-observation';

const baseDn = 'DC=mabofeng,DC=com';
const bases = { baseDn, searchBases: [`OU=a,${baseDn}`, `OU=b,${baseDn}`] };
const short = (text: string) => ({ kind: 'short', text }) as const;

async function observe(session: LdapSession, question: PairQuestion, of: typeof bases) {
  return seenOfPair(await observeHosts(session, aboutPair(question), of), question);
}

/** Active Directory's loose matching, which Samba has not: a server that gives back what a test wants to be found. */
function server(answer: (base: string, filter: string) => readonly Entry[]): LdapSession {
  return {
    server: 'dc1',
    isBound: () => true,
    search: (base, options) => Promise.resolve(decoded(answer(base, String(options.filter)), options)),
    lookUp: (dn, options) => Promise.resolve(membership(dn) ?? decoded(answer(dn, ''), options)[0] ?? null),
    modify: () => Promise.reject(new Error('reads only')),
    end: () => undefined,
  };
}

/** Every host is in Domain Computers and in nothing else. */
function membership(dn: string): Entry | null {
  if (dn.startsWith('<SID=')) return { dn: `CN=Domain Computers,CN=Users,${baseDn}` };
  if (!dn.startsWith('<GUID=')) return null;
  return { dn, objectSid: sidBytes('S-1-5-21-1-2-3-2001'), tokenGroups: sidBytes('S-1-5-21-1-2-3-515') };
}

/** ldapts makes text of bytes that happen to be UTF-8, unless it is told. */
function decoded(
  entries: readonly Entry[],
  { explicitBufferAttributes = [] }: SearchOptions,
): readonly Entry[] {
  return explicitBufferAttributes.includes('objectGUID')
    ? entries
    : entries.map((found) => ({ ...found, objectGUID: String(found['objectGUID']) }));
}

let count = 0;
function entry(name: string, dNSHostName = `${name}.mabofeng.com`): Entry {
  count += 1;
  return {
    dn: `CN=${name},OU=a,${baseDn}`,
    objectGUID: Buffer.alloc(16, count),
    objectClass: ['top', 'user', 'computer'],
    sAMAccountName: `${name}$`,
    dNSHostName,
    userAccountControl: '4096',
    primaryGroupID: '515',
  };
}

describe('look-alikes', () => {
  const wide = entry('\uFF48v01');
  const kelvin = entry('hv-\u212A', 'hv-\u212A.mabofeng.com');
  const upper = entry('HV01', 'HV01.Mabofeng.COM');

  it('are no match, but letter case does not count', () => {
    expect(hasExactly(toComputer(wide), short('hv01'))).toBe(false);
    expect(hasExactly(toComputer(kelvin), short('hv-k'))).toBe(false);
    expect(hasExactly(toComputer(kelvin), { kind: 'fqdn', text: 'hv-k.mabofeng.com' })).toBe(false);
    expect(hasExactly(toComputer(wide), { kind: 'dn', text: `CN=hv01,OU=a,${baseDn}` })).toBe(false);
    expect(hasExactly(toComputer(upper), short('hv01'))).toBe(true);
    expect(hasExactly(toComputer(upper), { kind: 'fqdn', text: 'hv01.mabofeng.com' })).toBe(true);
  });

  it('are not among the hosts that were found', async () => {
    const question = { source: short('hv01'), destination: short('hv02'), services: ['cifs'] } as const;
    const seen = await observe(
      server((_base, filter) => (filter.includes('AccountName=hv01') ? [wide] : [])),
      question,
      bases,
    );
    expect(seen.source).toEqual([]);
  });

  it('are among the holders of an SPN, because the KDC finds them too', async () => {
    const question = { source: short('hv01'), destination: short('hv01'), services: ['cifs'] } as const;
    const answer = (_base: string, filter: string) =>
      filter.includes('servicePrincipalName=cifs') ? [upper, wide] : [upper];
    const seen = await observe(server(answer), question, bases);
    expect(seen.holders[0]?.explicit.map(({ name }) => name)).toEqual(['hv01', '\uFF48v01']);
  });
});

describe('names for suggestions', () => {
  it('are a thousand at most, each once, in lower case', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `HV-${index}`);
    const question = { source: short('none'), destination: short('none'), services: ['cifs'] } as const;
    const answer = (base: string) =>
      bases.searchBases.includes(base) ? names.map((name) => ({ dn: '', sAMAccountName: `${name}$` })) : [];
    const { knownNames } = await observe(server(answer), question, bases);
    expect(knownNames).toHaveLength(1_000);
    expect(new Set(knownNames).size).toBe(1_000);
    expect(knownNames[0]).toBe('hv-0');
  });
});

describe('a destination', () => {
  const source = short('hv01');
  const twins = [entry('hv02', 'same.mabofeng.com'), entry('hv03', 'same.mabofeng.com')];

  it('that could be one of two has no SPNs to ask for', async () => {
    const destination = { kind: 'fqdn', text: 'same.mabofeng.com' } as const;
    const answer = (_base: string, filter: string) => (filter.includes(destination.text) ? twins : []);
    const seen = await observe(server(answer), { source, destination, services: ['cifs'] }, bases);
    expect(seen.destination).toHaveLength(2);
    expect(seen.holders).toEqual([]);
  });

  it.each([
    '<SID=S-1-5-18>',
    '<GUID=01020304-0506-0708-0102-030405060708>',
    'CN=hv01,DC=elsewhere,DC=com',
    '',
  ])('by the text “%s” is not looked for at all', async (text) => {
    const asked: string[] = [];
    const answer = (base: string) => {
      asked.push(base);
      return [];
    };
    await observe(server(answer), { source, destination: { kind: 'dn', text }, services: ['cifs'] }, bases);
    expect(new Set(asked)).toEqual(new Set([baseDn, ...bases.searchBases]));
  });
});

describe('objects that delegate', () => {
  const list = { 'msDS-AllowedToDelegateTo': 'cifs/x' };
  const question = { sources: [], destinations: [], all: false, delegating: true, services: [] };
  const delegating = async (entries: readonly Entry[]) => {
    const answer = (base: string, filter: string) =>
      base === baseDn && filter === '(msDS-AllowedToDelegateTo=*)' ? entries : [];
    return (await observeHosts(server(answer), question, bases)).delegating;
  };

  it('are of whatever class, one without an account name too, by name and then by GUID', async () => {
    const { sAMAccountName: _none, userAccountControl: _no, primaryGroupID: _group, ...rest } = entry('b');
    const container = { ...rest, ...list, objectClass: ['top', 'container'] };
    const user = { ...entry('a'), ...list, sAMAccountName: 'a', objectClass: ['top', 'user'] };
    const twins = [{ ...entry('b'), ...list }, container].toReversed();
    const found = await delegating([...twins, user]);
    expect(found.map(({ name, samAccountName }) => [name, samAccountName])).toEqual([
      ['a', 'a'],
      ['b', ''],
      ['b', 'b$'],
    ]);
  });

  it.each<[string, Partial<Entry>]>([
    ['shows only part of its list', { 'msDS-AllowedToDelegateTo;range=0-1499': ['cifs/x'] }],
    ['hides its userAccountControl', { ...list, userAccountControl: [] }],
  ])('are not to be told when one of them %s', async (_title, part) => {
    const odd = { ...entry('odd'), ...part } as Entry;
    await expect(delegating([{ ...entry('whole'), ...list }, odd])).rejects.toMatchObject({
      code: 'directory.unreadable',
      retry: 'never',
      message: expect.stringContaining('CN=odd'),
    });
  });

  it('are read in pages', async () => {
    const asked: SearchOptions[] = [];
    const paging = server(() => []);
    const search: LdapSession['search'] = (base, options) => {
      asked.push(options);
      return paging.search(base, options);
    };
    await observeHosts({ ...paging, search }, question, bases);
    expect(asked.map(({ scope, paged }) => [scope, paged])).toEqual([['sub', { pageSize: 500 }]]);
  });
});

it('asks few questions about many hosts: a mesh of 64, both services, short and in full', async () => {
  const hosts = Array.from({ length: 64 }, (_, index): Entry => {
    const name = `mesh-${index}`;
    const services = ['HOST', 'Microsoft Virtual System Migration Service'];
    const servicePrincipalName = services.flatMap((service) => [
      `${service}/${name}`,
      `${service}/${name}.mabofeng.com`,
    ]);
    return { ...entry(name), servicePrincipalName };
  });
  let searches = 0;
  const answer = (_base: string, filter: string) => {
    searches += 1;
    const asked = new Set([...filter.matchAll(/=([^()]+)\)/g)].map(([, value]) => value));
    const isAsked = (host: Entry) =>
      [host['sAMAccountName'] ?? [], host['servicePrincipalName'] ?? []]
        .flat()
        .some((value) => asked.has(String(value)));
    return hosts.filter(isAsked);
  };
  const names = hosts.map((_, index) => short(`mesh-${index}`));
  const services = ['cifs', 'migration'] as const;
  const question = { sources: names, destinations: names, all: false, delegating: false, services };
  const seen = await observeHosts(server(answer), question, bases);
  const held = seen.holders.map(({ explicit, viaHost }) => [explicit[0]?.name, viaHost[0]?.name]);
  expect(held).toEqual(
    names.flatMap(({ text }) => [
      [undefined, text],
      [undefined, text],
      [text, text],
      [text, text],
    ]),
  );
  // Names by fifty, 384 SPNs by a hundred.
  expect(searches).toBe(2 + 4);
});
