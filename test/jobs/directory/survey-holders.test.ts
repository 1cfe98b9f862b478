import { EqualityFilter, OrFilter, type Entry, type SearchOptions } from 'ldapts';

import { holdersOfAll } from '../../../src/jobs/directory/survey-holders';
import type { LdapSession } from '../../../src/jobs/directory/ldap-session';

interface Account {
  name: string;
  spns: readonly string[];
}

/** A server that finds by an equality which only it knows: here, ` ` and `-` are one. */
const known = (text: string): string => text.toLowerCase().replaceAll(' ', '-');

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
        ...(name === 'huge'
          ? { 'servicePrincipalName;range=0-1499': [...spns] }
          : { servicePrincipalName: [...spns] }),
      })),
    );
  };
  // SAFETY: nothing else of a session is used.
  const session = { server: 'dc1', search } as Partial<LdapSession> as LdapSession;
  return { session, asked };
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

  it('are found one by one where the server shows only part of an object’s SPNs', async () => {
    const accounts = [{ name: 'huge', spns: ['cifs/h1'] }];
    const { names } = await namesBySpn(accounts, hostsTo(3));
    expect(names).toEqual([['cifs/h1', 'huge']]);
  });

  it('of nothing need no search', async () => {
    expect(await namesBySpn([], [])).toEqual({ names: [], asked: [], spns: [], found: 0 });
  });
});
