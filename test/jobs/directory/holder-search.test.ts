import { EqualityFilter, OrFilter, UnknownStatusCodeError, type Entry, type SearchOptions } from 'ldapts';

import { holdersOfAll } from '../../../src/jobs/directory/holder-search';
import { readFault } from '../../../src/jobs/directory/ldap-fault';
import type { LdapSession } from '../../../src/jobs/directory/ldap-session';

interface Account {
  name: string;
  spns: readonly string[];
}

/** A server that finds by an equality which only it knows: width, accents, spaces and what has no width do not count. */
const known = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}\s-]/gu, '')
    .toLowerCase();

function serverWith(accounts: readonly Account[]) {
  const asked: number[] = [];
  const search = (_: string, { filter }: SearchOptions): Promise<readonly Entry[]> => {
    if (!(filter instanceof OrFilter)) throw new Error('one filter for many is expected');
    const wanted = filter.filters.map((each) =>
      each instanceof EqualityFilter ? known(String(each.value)) : '',
    );
    asked.push(wanted.length);
    const found = accounts.filter(({ spns }) => spns.some((spn) => wanted.includes(known(spn))));
    return Promise.resolve(
      found.map(({ name, spns }, at) => ({
        dn: `CN=${name},DC=mabofeng,DC=com`,
        objectGUID: Buffer.alloc(16, at + 1),
        sAMAccountName: `${name}$`,
        ...shown(name, spns),
      })),
    );
  };
  // SAFETY: nothing else of a session is used.
  const session = { server: 'dc1', search } as Partial<LdapSession> as LdapSession;
  return { session, asked };
}

function shown(name: string, spns: readonly string[]): Partial<Entry> {
  if (name === 'huge') return { 'servicePrincipalName;range=0-1499': [...spns] };
  return name === 'hidden' ? {} : { servicePrincipalName: [...spns] };
}

const options = { baseDn: 'DC=mabofeng,DC=com', attributes: [] };
const hostsTo = (count: number): string[] => Array.from({ length: count }, (_, at) => `cifs/h${at}`);

async function namesBySpn(accounts: readonly Account[], spns: readonly string[]) {
  const { session, asked } = serverWith(accounts);
  const { holdings, entries } = await holdersOfAll(session, spns, options);
  const held = holdings.filter(({ holders }) => holders.length > 0);
  const names = held.map(({ spn, holders }) => [spn, ...holders.map(({ name }) => name)]);
  return { names, asked, spns: holdings.map(({ spn }) => spn), found: entries.length };
}

describe('the holders of many SPNs', () => {
  it('are asked for in pages only of a server that has more than one answer may hold', async () => {
    const { session } = serverWith([{ name: 'a', spns: ['cifs/h0'] }]);
    const ways: boolean[] = [];
    const limited = (code: number): LdapSession => ({
      ...session,
      search(base, asked) {
        ways.push(asked.paged !== undefined);
        if (asked.paged) return session.search(base, asked);
        return Promise.reject(readFault('dc1', new UnknownStatusCodeError(code)));
      },
    });
    const { holdings } = await holdersOfAll(limited(4), ['cifs/h0'], options);
    expect(holdings.map(({ holders }) => holders.map(({ name }) => name))).toEqual([['a']]);
    expect(ways).toEqual([false, true]);
    await expect(holdersOfAll(limited(50), ['cifs/h0'], options)).rejects.toMatchObject({
      code: 'directory.access',
    });
    expect(ways).toEqual([false, true, false]);
  });

  it('are found by one search for a hundred, in whatever case', async () => {
    const spns = hostsTo(250);
    const accounts = [
      { name: 'a', spns: ['CIFS/H0', 'cifs/h249'] },
      { name: 'b', spns: ['cifs/h249', 'cifs/other'] },
    ];
    const { names, asked, spns: answered } = await namesBySpn(accounts, spns);
    expect(asked).toEqual([100, 100, 50]);
    expect(answered).toEqual(spns);
    expect(names).toEqual([
      ['cifs/h0', 'a'],
      ['cifs/h249', 'a', 'b'],
    ]);
  });

  it('are found one by one where only the server knows why it found an object', async () => {
    const accounts = [{ name: 'odd', spns: ['cifs/big host'] }];
    const { names, asked, spns } = await namesBySpn(accounts, [...hostsTo(7), 'cifs/big-host']);
    expect(names).toEqual([['cifs/big-host', 'odd']]);
    expect(asked[0]).toBe(8);
    expect(asked.at(-1)).toBe(1);
    expect(spns).toHaveLength(8);
  });

  // The zero width space is no accent, but Active Directory gives it no weight: that the object is known by one of its SPNs says
  // nothing about the other.
  it.each(['CIFS/h\u200B5', 'cifs/ｈ5', 'cifs/h\u0301 5', 'cifs/h5 ', ' cifs/h5', 'cifs/h  5'])(
    'are found of an object that holds one of the texts, and another as a look-alike (%j)',
    async (lookAlike) => {
      const accounts = [{ name: 'thief', spns: ['cifs/h0', lookAlike] }];
      const { names } = await namesBySpn(accounts, hostsTo(100));
      expect(names).toEqual([
        ['cifs/h0', 'thief'],
        ['cifs/h5', 'thief'],
      ]);
    },
  );

  it('cost few searches more for an object in doubt: only where it is found the batch splits further', async () => {
    const accounts = [
      { name: 'thief', spns: ['cifs/h\u200B0'] },
      ...hostsTo(100).map((spn) => ({ name: spn.slice('cifs/'.length), spns: [spn] })),
    ];
    const { names, asked } = await namesBySpn(accounts, hostsTo(100));
    expect(names[0]).toEqual(['cifs/h0', 'thief', 'h0']);
    expect(names.slice(1)).toEqual(
      hostsTo(100)
        .slice(1)
        .map((spn) => [spn, spn.slice('cifs/'.length)]),
    );
    // Halved seven times, and the other half of each.
    expect(asked).toHaveLength(1 + 2 * 7);
  });

  it('of a text that is not plain are asked for alone, in its place', async () => {
    const spns = ['cifs/h0', 'cifs/ｈ１', 'cifs/h2', 'cifs/h  3'];
    const accounts = [{ name: 'one', spns: ['cifs/h1', 'cifs/h3'] }];
    const found = await namesBySpn(accounts, spns);
    expect(found.asked).toEqual([2, 1, 1]);
    expect(found.spns).toEqual(spns);
    expect(found.names).toEqual([
      ['cifs/ｈ１', 'one'],
      ['cifs/h  3', 'one'],
    ]);
  });

  it('are found one by one where the server shows only part of an object’s SPNs, or none', async () => {
    for (const name of ['huge', 'hidden']) {
      const { names } = await namesBySpn([{ name, spns: ['cifs/h1'] }], hostsTo(3));
      expect(names).toEqual([['cifs/h1', name]]);
    }
  });

  it('of nothing need no search', async () => {
    expect(await namesBySpn([], [])).toEqual({ names: [], asked: [], spns: [], found: 0 });
  });
});
