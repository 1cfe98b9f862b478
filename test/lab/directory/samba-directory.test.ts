import { decoys, ghostSpn } from '../../../lab/directory/accounts';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import { sambaDirectory } from '../../../lab/directory/samba-directory';
import { testDomain } from '../../support/domain';

const domain = testDomain();
const practice = sambaDirectory(domain);
let organisation: Organisation;

beforeAll(async () => {
  const hosts = [{ name: 'hv01' }, { name: 'hv02' }];
  organisation = await createOrganisation(domain, { name: 'practice', hosts });
});
afterAll(() => deleteOrganisation(domain, organisation));

describe('the practice directory on Samba', () => {
  it('reads every host that it labels, and their values as stored', async () => {
    const read = await practice.readDelegations();
    expect([...read.keys()]).toEqual(expect.arrayContaining(practice.hosts.map(({ name }) => name)));
    expect(read.get(decoys.ghost)).toContain(ghostSpn);
    expect(read.get(organisation.host('hv01').name)).toEqual([]);
  });

  it('reads the trust mode that another administrator gives, of every host', async () => {
    const host = organisation.host('hv02').name;
    expect((await practice.readControls()).get(host)).toBe(0x100_1000);
    await practice.editTrust(host, false);
    const read = await practice.readControls();
    expect(read.get(host)).toBe(0x1000);
    expect([...read.keys()]).toEqual(expect.arrayContaining(practice.hosts.map(({ name }) => name)));
    await practice.editTrust(host, true);
    expect((await practice.readControls()).get(host)).toBe(0x100_1000);
  });

  it('edits as an administrator, strictly, and the KDC follows', async () => {
    const from = organisation.host('hv01').name;
    const { name: to, fqdn } = organisation.host('hv02');
    expect(await practice.askKdc(from, to)).toBe('refused');
    await practice.editDelegation(from, { add: [`cifs/${to}`, `cifs/${fqdn}`] });
    expect((await practice.readDelegations()).get(from)?.toSorted()).toEqual(
      [`cifs/${to}`, `cifs/${fqdn}`].toSorted(),
    );
    expect(await practice.askKdc(from, to)).toBe('granted');
    await expect(practice.editDelegation(from, { add: ['cifs/x', `cifs/${to}`] })).rejects.toMatchObject({
      code: 20,
    });
    await practice.editDelegation(from, { delete: [`cifs/${to}`, `cifs/${fqdn}`] });
    expect((await practice.readDelegations()).get(from)).toEqual([]);
    expect(await practice.askKdc(from, to)).toBe('refused');
  });
});
