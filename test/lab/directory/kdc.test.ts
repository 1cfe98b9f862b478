import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { claimAddress } from '../../../lab/addresses';
import { asAccount } from '../../../lab/directory/connection';
import { krb5Conf } from '../../../lab/directory/controller';
import { delegationChange, editDelegation } from '../../../lab/directory/delegation';
import { askKdc, readMigration } from '../../../lab/directory/kdc';
import { fqdnOf, migrationService } from '../../../lab/directory/names';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import { testDomain } from '../../support/domain';
import { scratchDirectory } from '../../support/scratch';

const domain = testDomain();

describe('the KDC of the practice domain', () => {
  let organisation: Organisation;
  let from: string;
  let to: string;

  beforeAll(async () => {
    organisation = await createOrganisation(domain, {
      name: 'kdc',
      hosts: [{ name: 'hv01' }, { name: 'hv02' }, { name: 'hv03', anyProtocol: false }],
    });
    from = organisation.host('hv01').name;
    to = organisation.host('hv02').name;
  });

  afterAll(async () => {
    await deleteOrganisation(domain, organisation);
  });

  it('refuses before the narrow account writes, grants after, still refuses the way back, and refuses again', async () => {
    const { dn } = organisation.host('hv01');
    expect(await askKdc(domain, from, to)).toEqual({ cifs: 'refused' });

    await asAccount(domain, domain.service, (client) =>
      client.modify(dn, delegationChange('add', [`cifs/${to}`])),
    );
    expect(await askKdc(domain, from, to)).toEqual({ cifs: 'granted' });
    expect(await askKdc(domain, to, from)).toEqual({ cifs: 'refused' });

    await asAccount(domain, domain.service, (client) =>
      client.modify(dn, delegationChange('delete', [`cifs/${to}`])),
    );
    expect(await askKdc(domain, from, to)).toEqual({ cifs: 'refused' });
  });

  it('refuses a host without the any-protocol bit although the value is there', async () => {
    const kerberosOnly = organisation.host('hv03').name;
    await editDelegation(domain, kerberosOnly, { add: [`cifs/${to}`] });
    expect(await askKdc(domain, kerberosOnly, to)).toEqual({ cifs: 'refused' });
  });

  it('answers for the ordinary hosts with their exported keytabs', async () => {
    expect(await askKdc(domain, 'hyper-v01', 'hyper-v02')).toEqual({ cifs: 'refused' });
  });

  it('gives no verdict on a name that nobody owns', async () => {
    await expect(askKdc(domain, from, 'ghost99')).rejects.toThrow('no verdict');
  });

  it('gives no verdict when no KDC answers', async () => {
    const claim = await claimAddress();
    const folder = await scratchDirectory();
    const krb5Config = join(folder, 'krb5.conf');
    await writeFile(krb5Config, krb5Conf([claim.address]));
    await expect(askKdc({ ...domain, krb5Config }, from, to)).rejects.toThrow('Cannot contact any KDC');
    await rm(folder, { recursive: true });
    await claim.release();
  });

  it('counts the migration service as present only with both names', async () => {
    expect(await readMigration(domain, from, to)).toBe('absent');
    await editDelegation(domain, from, { add: [`${migrationService}/${to}`] });
    expect(await readMigration(domain, from, to)).toBe('absent');
    await editDelegation(domain, from, { add: [`${migrationService}/${fqdnOf(to)}`] });
    expect(await readMigration(domain, from, to)).toBe('present');
    expect(await readMigration(domain, to, from)).toBe('absent');
  });
});
