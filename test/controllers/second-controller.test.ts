import { rename, rm } from 'node:fs/promises';

import { Attribute, Change } from 'ldapts';

import { accountBits } from '../../lab/directory/accounts';
import { asAccount } from '../../lab/directory/connection';
import { controllerFiles } from '../../lab/directory/controller';
import { controllerNamed } from '../../lab/directory/controller-switches';
import { delegationChange, editDelegation, readDelegation, readHost } from '../../lab/directory/delegation';
import { administrator, type Domain, type DomainAccess } from '../../lab/directory/domain';
import { askKdc } from '../../lab/directory/kdc';
import { baseDn } from '../../lab/directory/names';
import { createOrganisation, type Organisation } from '../../lab/directory/organisation';
import { replicate, seenAt } from '../../lab/directory/several-controllers';
import { mustRun } from '../../lab/processes';
import { pairStartMs, startPair, type OwnDomain } from '../support/domain';

const toSecond = { from: 'dc1', to: 'dc2' } as const;
const toFirst = { from: 'dc2', to: 'dc1' } as const;

let pair: OwnDomain;
let domain: Domain;
let second: DomainAccess;
let organisation: Organisation;
const hosts = ['kdc', 'lag', 'rights', 'way', 'gap', 'older', 'target'].map((name) => ({ name }));
const host = (name: string) => organisation.host(name).name;

beforeAll(async () => {
  pair = await startPair();
  domain = pair.domain;
  second = seenAt(domain, 'dc2');
  organisation = await createOrganisation(domain, { name: 'pair', hosts });
  await replicate(domain, toSecond);
}, pairStartMs);

afterAll(() => pair.stop());

/** What each of the two has stored of a host. */
async function onBoth(name: string): Promise<[string[], string[]]> {
  const [first, other] = await Promise.all([readDelegation(domain, name), readDelegation(second, name)]);
  return [first.toSorted(), other.toSorted()];
}

describe('a second controller', () => {
  it('is named beside the first, which stays the writer', () => {
    expect(domain.directories.map(({ name, tlsName }) => [name, tlsName])).toEqual([
      ['dc1', 'dc1.mabofeng.com'],
      ['dc2', 'dc2.mabofeng.com'],
    ]);
    expect(domain.url).toBe(domain.directories[0]?.url);
    expect(new Set(domain.directories.map(({ url }) => url)).size).toBe(2);
    expect(domain.pids).toHaveLength(2);
  });

  it('is believed by its own name and its own CA only', async () => {
    const { service } = domain;
    const nothing = () => Promise.resolve();
    const misnamed = { ...second, tlsName: domain.tlsName };
    await expect(asAccount(misnamed, service, nothing)).rejects.toThrow(/altnames|does not match/);
    const { caFile } = controllerFiles(domain.home);
    await expect(asAccount({ ...second, caFile }, service, nothing)).rejects.toThrow(/certificate/);
    await expect(asAccount(second, service, nothing)).resolves.toBeUndefined();
  });

  it('gives the narrow account what it may write there too, and nothing else', async () => {
    const { dn, name } = organisation.host('rights');
    const asNarrow = (changes: Change[]) =>
      asAccount(second, second.service, (client) => client.modify(dn, changes));
    await asNarrow(delegationChange('add', [`cifs/${host('target')}`]));
    expect(await readDelegation(second, name)).toEqual([`cifs/${host('target')}`]);
    const values = [String(accountBits.workstation + accountBits.unconstrained)];
    const modification = new Attribute({ type: 'userAccountControl', values });
    const unconstrained = new Change({ operation: 'replace', modification });
    await expect(asNarrow([unconstrained])).rejects.toMatchObject({ code: 50 });
    const weak = asAccount(second, second.weak, (client) =>
      client.modify(dn, delegationChange('add', ['cifs/x'])),
    );
    await expect(weak).rejects.toMatchObject({ code: 50 });
  });

  it('has a KDC that judges by what it has itself', async () => {
    await editDelegation(domain, host('kdc'), { add: [`cifs/${host('target')}`] });
    expect(await askKdc(domain, host('kdc'), host('target'))).toEqual({ cifs: 'granted' });
    expect(await askKdc(second, host('kdc'), host('target'))).toEqual({ cifs: 'refused' });
    await replicate(domain, toSecond);
    expect(await askKdc(second, host('kdc'), host('target'))).toEqual({ cifs: 'granted' });
  });

  it('makes objects of its own, which replication brings to the first', async () => {
    const made = await createOrganisation(second, { name: 'made', hosts: [{ name: 'hv01' }] });
    const { name, dn } = made.host('hv01');
    await expect(readHost(domain, name)).rejects.toThrow('has no computer');
    await replicate(domain, toFirst);
    expect((await readHost(domain, name)).dn).toBe(dn);
  });
});

describe('replication', () => {
  it('happens when it is asked for, and brings everything at once', async () => {
    for (const value of ['cifs/a', 'cifs/b', 'cifs/c']) {
      await editDelegation(domain, host('lag'), { add: [value] });
      expect(await readDelegation(second, host('lag'))).toEqual([]);
    }
    await replicate(domain, toSecond);
    expect(await onBoth(host('lag'))).toEqual([
      ['cifs/a', 'cifs/b', 'cifs/c'],
      ['cifs/a', 'cifs/b', 'cifs/c'],
    ]);
    await editDelegation(domain, host('lag'), { delete: ['cifs/b'] });
    await replicate(domain, toSecond);
    await replicate(domain, toSecond);
    expect(await onBoth(host('lag'))).toEqual([
      ['cifs/a', 'cifs/c'],
      ['cifs/a', 'cifs/c'],
    ]);
  });

  it('goes one way', async () => {
    await editDelegation(second, host('way'), { add: ['cifs/back'] });
    await replicate(domain, toSecond);
    expect(await onBoth(host('way'))).toEqual([[], ['cifs/back']]);
    await replicate(domain, toFirst);
    expect(await onBoth(host('way'))).toEqual([['cifs/back'], ['cifs/back']]);
  });

  it.each(['dc1', 'dc2'])('cannot be done by %s itself, even if an administrator orders it', async (name) => {
    // IDL_DRSReplicaSync (MS-DRSR 4.1.23): the server hands it to its replication service, and there is none.
    const { address, home } = controllerNamed(domain.controllers, name);
    const partner = name === 'dc1' ? 'dc2' : 'dc1';
    const { smbConf, krb5Config } = controllerFiles(home);
    const login = ['--username=MABOFENG\\Administrator', '-s', smbConf];
    const env = { PASSWD: administrator(domain).password, KRB5_CONFIG: krb5Config };
    const order = mustRun('samba-tool', ['drs', 'replicate', address, partner, baseDn, ...login], { env });
    await expect(order).rejects.toThrow(/DsReplicaSync failed.*cannot be performed/);
  });

  it('fails from a controller that is stopped, and makes up for the gap later', async () => {
    await domain.stopController('dc1');
    expect(domain.pids).toHaveLength(1);
    await expect(replicate(domain, toSecond)).rejects.toThrow('samba-tool drs replicate');
    await editDelegation(second, host('gap'), { add: ['cifs/meanwhile'] });
    await domain.startController('dc1');
    expect(domain.pids).toHaveLength(2);
    expect(await onBoth(host('gap'))).toEqual([[], ['cifs/meanwhile']]);
    await replicate(domain, toFirst);
    expect(await onBoth(host('gap'))).toEqual([['cifs/meanwhile'], ['cifs/meanwhile']]);
  });

  it('reaches only controllers that there are', async () => {
    await expect(replicate(domain, { from: 'dc1', to: 'dc3' })).rejects.toThrow('no controller dc3');
    expect(() => seenAt(domain, 'dc3')).toThrow('no controller dc3');
  });
});

// Last, since after it the two are no pair any more.
describe('a controller put back to an older state than its partner knows', () => {
  it('is not heard: why two are kept and copied as one', async () => {
    const { home } = domain;
    const older = `${home}-older`;
    await domain.stopController('dc1');
    await mustRun('cp', ['-a', home, older]);
    await domain.startController('dc1');
    await editDelegation(domain, host('older'), { add: ['cifs/known'] });
    await replicate(domain, toSecond);
    await domain.stopController('dc1');
    await rm(home, { recursive: true });
    await rename(older, home);
    await domain.startController('dc1');

    await editDelegation(domain, host('older'), { add: ['cifs/unheard'] });
    await replicate(domain, toSecond);
    expect(await onBoth(host('older'))).toEqual([['cifs/unheard'], ['cifs/known']]);
  });
});
