import { rm } from 'node:fs/promises';

import { EqualityFilter, type Entry } from 'ldapts';

import { claimAddress, type ClaimedAddress } from '../../../lab/addresses';
import { accountBits, branchHosts, decoys, fileServer, ghostSpn } from '../../../lab/directory/accounts';
import { asAccount } from '../../../lab/directory/connection';
import { startController } from '../../../lab/directory/controller';
import { delegationChange, readDelegation, readHost } from '../../../lab/directory/delegation';
import { administrator, startDomain, type Domain, type DomainAccess } from '../../../lab/directory/domain';
import { askKdc } from '../../../lab/directory/kdc';
import { containers, fqdnOf, migrationService } from '../../../lab/directory/names';
import { createOrganisation, deleteOrganisation } from '../../../lab/directory/organisation';
import { testDomain } from '../../support/domain';
import { scratchDirectory } from '../../support/scratch';

const shared = testDomain();

async function readEntry(domain: DomainAccess, host: string): Promise<Entry> {
  const { searchEntries } = await asAccount(domain, administrator(domain), (client) =>
    client.search(domain.baseDn, {
      filter: new EqualityFilter({ attribute: 'sAMAccountName', value: `${host}$` }),
    }),
  );
  const [entry] = searchEntries;
  if (!entry) throw new Error(`No ${host}`);
  return entry;
}

function valuesOf(entry: Entry, type: string): string[] {
  return [entry[type] ?? []].flat().map(String);
}

async function controlOf(host: string): Promise<number> {
  return Number((await readEntry(shared, host))['userAccountControl']);
}

describe('the hosts of the practice domain', () => {
  it.each([...shared.hosts, ...branchHosts, decoys.sharedName])('%s is as a real host is', async (host) => {
    const entry = await readEntry(shared, host);
    expect(valuesOf(entry, 'objectClass')).toContain('computer');
    expect(entry['dNSHostName']).toBe(fqdnOf(host));
    expect(Number(entry['userAccountControl'])).toBe(accountBits.workstation + accountBits.anyProtocol);
    // Samba rewrites HOST/x as host/x when another object gets cifs/x; SPNs compare without regard to case.
    const names = valuesOf(entry, 'servicePrincipalName').map((name) => name.toLowerCase());
    expect(names.toSorted()).toEqual([
      `host/${host}`,
      `host/${fqdnOf(host)}`,
      `${migrationService.toLowerCase()}/${host}`,
      `${migrationService.toLowerCase()}/${fqdnOf(host)}`,
    ]);
  });

  it('keeps the ordinary ones in OU=Hyper-V, the branch pair in CN=Computers and the file server apart', async () => {
    for (const host of shared.hosts) expect((await readHost(shared, host)).dn).toContain(containers.hyperV);
    for (const host of branchHosts) expect((await readHost(shared, host)).dn).toContain(containers.computers);
    const files = await readEntry(shared, fileServer);
    expect(files.dn).toContain(containers.fileServers);
    expect(valuesOf(files, 'servicePrincipalName')).toEqual([
      `HOST/${fileServer}`,
      `HOST/${fqdnOf(fileServer)}`,
    ]);
  });

  it('has each decoy wrong in its own way', async () => {
    expect((await readEntry(shared, decoys.tierZero))['adminCount']).toBe('1');
    expect((await controlOf(decoys.disabled)) & accountBits.disabled).not.toBe(0);
    expect((await controlOf(decoys.unconstrained)) & accountBits.unconstrained).not.toBe(0);
    expect((await controlOf(decoys.kerberosOnly)) & accountBits.anyProtocol).toBe(0);
    expect((await readEntry(shared, decoys.domainController))['primaryGroupID']).toBe('516');
    expect(await readDelegation(shared, decoys.ghost)).toEqual([ghostSpn]);
    const holder = await readEntry(shared, decoys.sharedNameHolder);
    expect(valuesOf(holder, 'servicePrincipalName')).toContain(`cifs/${decoys.sharedName}`);
  });
});

describe('an organisation of a test file', () => {
  it('has its own names, in SPNs and delegations too, and goes away whole', async () => {
    const organisation = await createOrganisation(shared, {
      name: 'shapes',
      hosts: [
        { name: 'plain' },
        { name: 'odd', adminCount: true, disabled: true, unconstrained: true, migrationSpn: false },
        {
          name: 'holder',
          explicitSpns: ['cifs/plain'],
          delegatesTo: ['cifs/plain.mabofeng.com', 'cifs/nobody'],
        },
      ],
    });
    const [plain, odd, holder] = ['plain', 'odd', 'holder'].map((name) => organisation.host(name).name);
    const entry = await readEntry(shared, odd ?? '');
    expect(entry['adminCount']).toBe('1');
    expect(valuesOf(entry, 'servicePrincipalName')).toHaveLength(2);
    expect(valuesOf(await readEntry(shared, holder ?? ''), 'servicePrincipalName')).toContain(
      `cifs/${plain}`,
    );
    expect((await readDelegation(shared, holder ?? '')).toSorted()).toEqual(
      ['cifs/nobody', `cifs/${plain}.mabofeng.com`].toSorted(),
    );
    await deleteOrganisation(shared, organisation);
    await expect(readHost(shared, plain ?? '')).rejects.toThrow('has no computer');
  });

  it('refuses a host name that does not fit', async () => {
    const order = { name: 'long', hosts: [{ name: 'a-name-too-long' }] };
    await expect(createOrganisation(shared, order)).rejects.toThrow('1 to 15');
  });
});

describe('a second practice domain beside the first', () => {
  let directory: string;
  let domain: Domain;
  let claim: ClaimedAddress;

  beforeAll(async () => {
    claim = await claimAddress();
    directory = await scratchDirectory();
    domain = await startDomain({ address: claim.address, directory });
  });

  afterAll(async () => {
    await domain.stop();
    await claim.release();
    await rm(directory, { recursive: true });
  });

  it('works on its own address with secrets of its own, and what is written there stays there', async () => {
    expect(domain.url).not.toBe(shared.url);
    const borrowed = { ...domain.service, password: shared.service.password };
    await expect(asAccount(domain, borrowed, () => Promise.resolve())).rejects.toMatchObject({ code: 49 });

    const { dn } = await readHost(domain, 'hyper-v02');
    await asAccount(domain, domain.service, (client) =>
      client.modify(dn, delegationChange('add', ['cifs/hyper-v03'])),
    );
    expect(await askKdc(domain, 'hyper-v02', 'hyper-v03')).toEqual({ cifs: 'granted' });
    expect(await askKdc(shared, 'hyper-v02', 'hyper-v03')).toEqual({ cifs: 'refused' });
  });

  it('does not start twice on one address, and the failed start leaves the first alone', async () => {
    const start = startController({ name: 'dc1', address: claim.address, home: domain.home });
    await expect(start).rejects.toThrow('Samba ended while starting');
    expect(await readDelegation(domain, 'hyper-v01')).toEqual([]);
  });

  it('leaves no process behind when stopped', async () => {
    await domain.stop();
    for (const pid of domain.pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await domain.stop();
  });
});
