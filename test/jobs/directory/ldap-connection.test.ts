import { openSession } from '../../../src/jobs/directory/ldap-session';
import { testDomain } from '../../support/domain';
import { behind, ldapOptions } from '../../support/ldap-directory';
import { setUpWay } from '../../support/way';

const domain = testDomain();
const way = setUpWay();

describe('one session for all', () => {
  it('serves twenty first calls with one connection and one bind', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => way.directory.read(way.guid)));
    expect(new Set(answers.map((answer) => answer?.guid))).toEqual(new Set([way.guid]));
    expect(way.proxy.connections()).toBe(1);
  });

  it('serves twenty calls after a drop with one more', async () => {
    await way.values();
    await way.proxy.cut();
    const answers = await Promise.all(Array.from({ length: 20 }, () => way.directory.read(way.guid)));
    expect(new Set(answers.map((answer) => answer?.guid))).toEqual(new Set([way.guid]));
    expect(way.proxy.connections()).toBe(2);
  });

  it('is bound again after a drop: it may write, which nobody may', async () => {
    await way.values();
    await way.proxy.cut();
    const change = way.newChange();
    expect(await way.directory.modify(change)).toBe('changed');
    expect(await way.stored()).toEqual(expect.arrayContaining([...change.add]));
    expect(way.proxy.connections()).toBe(2);
  });

  it('ends with the session: what is left of it neither connects anew nor sends', async () => {
    const options = ldapOptions();
    const session = await openSession(behind(way.proxy), options).session;
    await way.proxy.cut();
    expect(session.isBound()).toBe(false);
    const gone = { code: 'directory.unreachable', retry: 'later' };
    await expect(session.lookUp(domain.baseDn, {})).rejects.toMatchObject(gone);
    await expect(session.search(domain.baseDn, {})).rejects.toMatchObject(gone);
    const what = { dn: domain.baseDn, attribute: 'msDS-AllowedToDelegateTo' } as const;
    await expect(session.modify(domain.baseDn, [], what)).rejects.toMatchObject(gone);
    expect(way.proxy.connections()).toBe(1);
  });
});

describe('a connection that breaks', () => {
  it('leaves a change unknown whose answer was lost, and reading shows that it was made', async () => {
    await way.values();
    way.proxy.dropReply();
    const change = way.newChange();
    const lost = { code: 'directory.answer-lost', retry: 'unknown' };
    await expect(way.directory.modify(change)).rejects.toMatchObject(lost);
    way.proxy.resume();
    expect(await way.values()).toEqual(expect.arrayContaining([...change.add]));
    expect(way.proxy.connections()).toBe(2);
    expect(await way.directory.modify(change)).toBe('conflict');
  });

  it('lets a read be asked again', async () => {
    await way.values();
    way.proxy.dropReply();
    await expect(way.values()).rejects.toMatchObject({ code: 'directory.unreachable', retry: 'later' });
    way.proxy.resume();
    expect(await way.values()).toEqual(await way.stored());
  });

  it('while it is being made is a matter of later', async () => {
    way.proxy.dropReply();
    await expect(way.directory.modify(way.newChange())).rejects.toMatchObject({ retry: 'later' });
    way.proxy.resume();
    expect(await way.directory.modify(way.newChange())).toBe('changed');
  });
});
