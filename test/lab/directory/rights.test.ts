import { Attribute, Change } from 'ldapts';

import { accountBits } from '../../../lab/directory/accounts';
import { asAccount, type Account } from '../../../lab/directory/connection';
import { delegationChange, readDelegation, readHost } from '../../../lab/directory/delegation';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import { testDomain } from '../../support/domain';

const domain = testDomain();

/** LDAP result code (RFC 4511 4.1.9) of one modify: 0 or what it was refused with. */
async function resultOf(account: Account, dn: string, changes: Change[]): Promise<number> {
  try {
    await asAccount(domain, account, (client) => client.modify(dn, changes));
    return 0;
  } catch (error) {
    return (error as { code: number }).code;
  }
}

function replacing(type: string, value: string): Change[] {
  return [new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) })];
}

describe('what the accounts of the practice domain may write', () => {
  let organisation: Organisation;
  let dn: string;
  let name: string;

  beforeAll(async () => {
    organisation = await createOrganisation(domain, {
      name: 'rights',
      hosts: [{ name: 'hv01' }, { name: 'hv02' }, { name: 'hv03', anyProtocol: false }],
    });
    ({ dn, name } = organisation.host('hv01'));
  });

  afterAll(async () => {
    await deleteOrganisation(domain, organisation);
  });

  it('lets the narrow account add and remove a constrained delegation', async () => {
    const value = `cifs/${organisation.host('hv02').name}`;
    expect(await resultOf(domain.service, dn, delegationChange('add', [value]))).toBe(0);
    expect(await readDelegation(domain, name)).toEqual([value]);
    expect(await resultOf(domain.service, dn, delegationChange('delete', [value]))).toBe(0);
    expect(await readDelegation(domain, name)).toEqual([]);
  });

  it('lets the narrow account write the hosts of OU=Hyper-V too', async () => {
    const host = await readHost(domain, 'hyper-v03');
    const value = 'cifs/hyper-v04';
    expect(await resultOf(domain.service, host.dn, delegationChange('add', [value]))).toBe(0);
    expect(await resultOf(domain.service, host.dn, delegationChange('delete', [value]))).toBe(0);
  });

  it.each([
    ['the any-protocol bit', accountBits.workstation + accountBits.anyProtocol],
    ['unconstrained delegation', accountBits.workstation + accountBits.unconstrained],
    ['a disabled host', accountBits.workstation + accountBits.disabled],
  ])('refuses the narrow account %s', async (_title, control) => {
    const plain = organisation.host('hv03').dn;
    expect(await resultOf(domain.service, plain, replacing('userAccountControl', String(control)))).toBe(50);
  });

  it('refuses the narrow account an SPN', async () => {
    expect(await resultOf(domain.service, dn, replacing('servicePrincipalName', `HOST/${name}`))).toBe(50);
  });

  it('refuses the narrow account a write in CN=Computers', async () => {
    const branch = await readHost(domain, 'branch-hv01');
    expect(branch.dn).toContain('CN=Computers');
    expect(await resultOf(domain.service, branch.dn, delegationChange('add', ['cifs/branch-hv02']))).toBe(50);
  });

  it('refuses the narrow account the domain controller', async () => {
    const controller = await readHost(domain, 'dc1');
    expect(await resultOf(domain.service, controller.dn, delegationChange('add', [`cifs/${name}`]))).toBe(50);
  });

  it('refuses the weak account everything', async () => {
    expect(await resultOf(domain.weak, dn, delegationChange('add', [`cifs/${name}`]))).toBe(50);
  });

  it('accepts the domain controller as a value: only guards of our own stop it', async () => {
    expect(await resultOf(domain.service, dn, delegationChange('add', ['cifs/dc1']))).toBe(0);
    expect(await resultOf(domain.service, dn, delegationChange('delete', ['cifs/dc1']))).toBe(0);
  });
});
