import type { Entry } from 'ldapts';

import type { ComputerObject } from '../../../src/core/delegation/observation';
import { guidDn } from '../../../src/jobs/directory/guid';
import { readGroups } from '../../../src/jobs/directory/host-groups';
import type { LdapSession } from '../../../src/jobs/directory/ldap-session';
import { sidBytes } from '../../support/sid-bytes';

/** What a domain controller answers and Samba has not to answer: missing rights, other domains, very many groups. */
const DOMAIN = 'S-1-5-21-1-2-3';
const computers = { sid: `${DOMAIN}-515`, dn: 'CN=Domain Computers,CN=Users,DC=mabofeng,DC=com' };
const users = { sid: 'S-1-5-32-545', dn: 'CN=Users,CN=Builtin,DC=mabofeng,DC=com' };

function host(index: number, part: Partial<ComputerObject> = {}): ComputerObject {
  return {
    guid: `a0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    dn: `CN=hv${index},DC=mabofeng,DC=com`,
    name: `hv${index}`,
    samAccountName: `hv${index}$`,
    dnsHostName: null,
    objectClasses: ['top', 'user', 'computer'],
    userAccountControl: 0x1000,
    primaryGroupId: 515,
    adminCount: false,
    spns: [],
    allowedToDelegateTo: [],
    memberOf: [],
    ...part,
  };
}

/** A server that knows these groups by SID, and what it was asked. */
function server(attributes: Partial<Entry>, groups = [computers, users]) {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  const own = { objectSid: sidBytes(`${DOMAIN}-2001`), tokenGroups: sidBytes(computers.sid) };
  const answer = (name: string): Entry | null => {
    if (name.startsWith('<GUID=')) return { dn: 'CN=x', ...own, ...attributes };
    const group = groups.find(({ sid }) => name === `<SID=${sid}>`);
    return group ? { dn: group.dn, objectClass: 'group' } : null;
  };
  const session: LdapSession = {
    server: 'dc1',
    isBound: () => true,
    search: () => Promise.reject(new Error('only base scope shows tokenGroups')),
    async lookUp(name, { explicitBufferAttributes = [] }) {
      asked.push(name);
      most = Math.max(most, (open += 1));
      await new Promise(setImmediate);
      open -= 1;
      const isText = name.startsWith('<GUID=') && !explicitBufferAttributes.includes('tokenGroups');
      return isText ? { dn: 'CN=x', tokenGroups: 'text' } : answer(name);
    },
    modify: () => Promise.reject(new Error('reads only')),
    end: () => undefined,
  };
  return { session, asked, most: () => most };
}

it('asks every computer once, all at the same time, and names each group once', async () => {
  const { session, asked, most } = server({ tokenGroups: [users.sid, computers.sid].map(sidBytes) });
  const hosts = Array.from({ length: 64 }, (_, index) => host(index));
  const groups = await readGroups(session, [...hosts, ...hosts]);
  expect([...groups.keys()]).toEqual(hosts.map(({ guid }) => guid));
  for (const { guid } of hosts) expect(groups.get(guid)).toEqual([computers, users]);
  expect(asked.slice(0, 64)).toEqual(hosts.map(({ guid }) => guidDn(guid)));
  expect(asked.slice(64).toSorted()).toEqual([`<SID=${computers.sid}>`, `<SID=${users.sid}>`]);
  expect(most()).toBe(64);
});

it('asks nothing about what is no computer', async () => {
  const { session, asked } = server({});
  expect(await readGroups(session, [host(1, { objectClasses: ['top', 'user'] })])).toEqual(new Map());
  expect(asked).toEqual([]);
});

it('gives a group of another domain without a name, and asks nobody for one', async () => {
  const foreign = ['S-1-5-21-1-2-33-512', 'S-1-5-21-9-9-9-1105', 'S-1-18-1'];
  const tokenGroups = [computers.sid, ...foreign].map(sidBytes);
  const { session, asked } = server({ tokenGroups });
  const groups = await readGroups(session, [host(1)]);
  expect(groups.get(host(1).guid)).toEqual([
    { sid: 'S-1-18-1', dn: null },
    computers,
    { sid: 'S-1-5-21-1-2-33-512', dn: null },
    { sid: 'S-1-5-21-9-9-9-1105', dn: null },
  ]);
  expect(asked.filter((name) => name.startsWith('<SID='))).toEqual([`<SID=${computers.sid}>`]);
});

it.each<[string, Partial<Entry>]>([
  ['without tokenGroups', { tokenGroups: [] }],
  ['without objectSid', { objectSid: [] }],
  [
    'of which only a part is shown',
    { tokenGroups: [], 'tokenGroups;range=0-1499': [sidBytes(computers.sid)] },
  ],
])('does not judge a host %s, and says what right is lacking', async (_title, attributes) => {
  const { session } = server(attributes);
  await expect(readGroups(session, [host(1)])).rejects.toMatchObject({
    name: 'Fault',
    code: 'directory.unreadable',
    retry: 'never',
    message: 'tokenGroups of CN=hv1,DC=mabofeng,DC=com cannot be read whole.',
    remedy: expect.stringMatching(/read all properties of computer objects.*Remote Access Information/),
  });
});

it('does not judge a host that is gone by now', async () => {
  const { session } = server({});
  const gone: LdapSession = { ...session, lookUp: () => Promise.resolve(null) };
  await expect(readGroups(gone, [host(1)])).rejects.toMatchObject({ code: 'directory.unreadable' });
});

it.each([`${DOMAIN}-1105`, 'S-1-5-32-551'])(
  'does not judge a host in a group that is hidden, %s, and says what right is lacking',
  async (hidden) => {
    const { session } = server({ tokenGroups: [computers.sid, hidden].map(sidBytes) });
    await expect(readGroups(session, [host(1)])).rejects.toMatchObject({
      name: 'Fault',
      code: 'directory.unreadable',
      retry: 'never',
      message: `A group (${hidden}) of CN=hv1,DC=mabofeng,DC=com cannot be read whole.`,
      remedy: expect.stringContaining('the right to read groups'),
    });
  },
);
