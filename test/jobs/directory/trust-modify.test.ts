import type { Change } from 'ldapts';

import { readControl, editControl } from '../../../lab/directory/account-control';
import { asAccount } from '../../../lab/directory/connection';
import { administrator } from '../../../lab/directory/domain';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import type { TrustModification } from '../../../src/core/ports';
import type { LdapSession } from '../../../src/jobs/directory/ldap-session';
import { setTrust } from '../../../src/jobs/directory/trust-modify';
import { testDomain } from '../../support/domain';

const guid = '01020304-0506-0708-0102-030405060708';
const set = (before: number): TrustModification => ({
  guid,
  dn: 'CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com',
  attribute: 'userAccountControl',
  before,
  after: (before | 0x100_0000) >>> 0,
});

/** A session with an object of this userAccountControl, and what it was sent. */
function sessionWith(userAccountControl: string) {
  const sent: { dn: string; changes: readonly string[] }[] = [];
  const told = ({ operation, modification }: Change) => `${operation} ${modification.values.join()}`;
  // SAFETY: nothing else of a session is used.
  const session = {
    lookUp: async (dn) => ({ dn, userAccountControl }),
    async modify(dn, changes) {
      sent.push({ dn, changes: changes.map(told) });
      return 'changed';
    },
  } as Partial<LdapSession> as LdapSession;
  return { session, sent };
}

describe('the modify that sets the any-protocol bit', () => {
  it('deletes the old value and adds the new one, at the GUID, in signed decimals', async () => {
    const { session, sent } = sessionWith('-2147479552');
    expect(await setTrust(session, set(0x8000_1000))).toBe('changed');
    const changes = ['delete -2147479552', 'add -2130702336'];
    expect(sent).toEqual([{ dn: `<GUID=${guid}>`, changes }]);
  });

  it('is not sent where the old value is another by now', async () => {
    const { session, sent } = sessionWith('16781312');
    expect(await setTrust(session, set(0x1000))).toBe('conflict');
    expect(sent).toEqual([]);
  });
});

describe('Samba, of which this is measured', () => {
  const domain = testDomain();
  let organisation: Organisation;
  beforeAll(async () => {
    const hosts = [{ name: 'hv01', anyProtocol: false }];
    organisation = await createOrganisation(domain, { name: 'trust', hosts });
  });
  afterAll(() => deleteOrganisation(domain, organisation));

  /** Sends the modify without the look before it, and gives the result code. */
  async function sendBlindly(before: number): Promise<number> {
    const { dn } = organisation.host('hv01');
    const { session } = sessionWith(String(before));
    const modify: LdapSession['modify'] = async (_guid, changes) => {
      await asAccount(domain, administrator(domain), (client) => client.modify(dn, changes));
      return 'changed';
    };
    const answer = setTrust({ ...session, modify }, set(before));
    return answer.then(
      () => 0,
      ({ code }: { code: number }) => code,
    );
  }

  it('refuses a stale old value with 16, but says success to one where the new value is stored already', async () => {
    const { name } = organisation.host('hv01');
    await editControl(domain, name, { set: 0x2 });
    expect(await sendBlindly(0x1000)).toBe(16);
    expect(await readControl(domain, name)).toBe(0x1002);
    await editControl(domain, name, { clear: 0x2, set: 0x100_0000 });
    // Why the adapter looks before it sends.
    expect(await sendBlindly(0x1000)).toBe(0);
  });
});
