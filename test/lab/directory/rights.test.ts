import { Attribute, Change } from 'ldapts';

import { accountBits } from '../../../lab/directory/accounts';
import { controlReplacement, editControl, readControl } from '../../../lab/directory/account-control';
import { asAccount, type Account } from '../../../lab/directory/connection';
import {
  delegationChange,
  editDelegation,
  readDelegation,
  readHost,
} from '../../../lab/directory/delegation';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import { createAccount } from '../../../lab/directory/trusted-account';
import { testDomain } from '../../support/domain';

const domain = testDomain();

/** Of userAccountControl, what is no delegation (MS-ADTS 2.2.16). */
const otherBits = { notDelegated: 0x10_0000, noPreauthentication: 0x40_0000 };

/** The accounts of the table by what they have: the right to write attributes of computers (WP), and SeEnableDelegationPrivilege. */
const who = [
  'WP both, no privilege',
  'WP both, privilege',
  'the narrow account',
  'the weak account',
] as const;
type Who = (typeof who)[number];

let organisation: Organisation;
let accounts: Record<Who, Account>;

beforeAll(async () => {
  organisation = await createOrganisation(domain, {
    name: 'rights',
    hosts: [{ name: 'hv01', anyProtocol: false }, { name: 'hv02' }],
  });
  const tag = organisation.host('hv01').name.slice('hv01-'.length);
  const writes = ['msDS-AllowedToDelegateTo', 'userAccountControl'] as const;
  const both = { within: organisation.dn, writes };
  accounts = {
    'WP both, no privilege': await createAccount(domain, {
      ...both,
      name: `plain-${tag}`,
      hasPrivilege: false,
    }),
    'WP both, privilege': await createAccount(domain, {
      ...both,
      name: `mighty-${tag}`,
      hasPrivilege: true,
    }),
    'the narrow account': domain.service,
    'the weak account': domain.weak,
  };
});
afterAll(() => deleteOrganisation(domain, organisation));

/** LDAP result code (RFC 4511 4.1.9) of one modify: 0 or what it was refused with. */
async function resultOf(account: Account, dn: string, changes: Change | Change[]): Promise<number> {
  try {
    await asAccount(domain, account, (client) => client.modify(dn, changes));
    return 0;
  } catch (error) {
    return (error as { code: number }).code;
  }
}

const nameOf = (host: string): string => organisation.host(host).name;
const dnOf = (host: string): string => organisation.host(host).dn;

/** Adds a value, tells the result and what is stored then, and takes it away again. */
async function adding(account: Account, value: string) {
  const result = await resultOf(account, dnOf('hv01'), delegationChange('add', [value]));
  const stored = await readDelegation(domain, nameOf('hv01'));
  if (stored.length > 0) await editDelegation(domain, nameOf('hv01'), { delete: stored });
  return { result, isStored: stored.includes(value) };
}

/** Sets a bit of userAccountControl, tells the result and whether it is set then, and clears it again. */
async function setting(account: Account, bit: number) {
  const before = await readControl(domain, nameOf('hv01'));
  const result = await resultOf(account, dnOf('hv01'), controlReplacement(before | bit));
  const isStored = ((await readControl(domain, nameOf('hv01'))) & bit) !== 0;
  await editControl(domain, nameOf('hv01'), { clear: bit });
  return { result, isStored };
}

/** Accepted and stored, or insufficientAccessRights and not. */
const outcomes = { ok: { result: 0, isStored: true }, refused: { result: 50, isStored: false } } as const;

describe('what an account may write of a computer', () => {
  type Write = (account: Account) => Promise<unknown>;
  type Cell = keyof typeof outcomes;
  type Cells = readonly [Cell, Cell, Cell, Cell];
  const add =
    (spn: () => string): Write =>
    (account) =>
      adding(account, spn());
  const set =
    (bit: number): Write =>
    (account) =>
      setting(account, bit);
  /** The cells in the order of `who`. Values like `ldap/dc1` and the bits beside any-protocol: only guards of our own stop them. */
  const table: readonly [string, Write, Cells][] = [
    ['a delegation', add(() => `cifs/${nameOf('hv02')}`), ['refused', 'ok', 'ok', 'refused']],
    ['ldap/dc1 as a value', add(() => 'ldap/dc1'), ['refused', 'ok', 'ok', 'refused']],
    ['the any-protocol bit', set(accountBits.anyProtocol), ['refused', 'ok', 'refused', 'refused']],
    ['the unconstrained bit', set(accountBits.unconstrained), ['refused', 'ok', 'refused', 'refused']],
    ['DONT_REQ_PREAUTH', set(otherBits.noPreauthentication), ['ok', 'ok', 'refused', 'refused']],
    ['NOT_DELEGATED', set(otherBits.notDelegated), ['ok', 'ok', 'refused', 'refused']],
    ['that it is disabled', set(accountBits.disabled), ['ok', 'ok', 'refused', 'refused']],
  ];
  const cells = table.flatMap(([what, write, expected]) =>
    who.map((name, column) => [what, name, expected[column] ?? 'ok', write] as const),
  );

  it.each(cells)('%s by %s: %s', async (_what, name, expected, write) => {
    expect(await write(accounts[name])).toEqual(outcomes[expected]);
  });

  it.each(who)('no SPN by %s', async (name) => {
    const modification = new Attribute({
      type: 'servicePrincipalName',
      values: [`HOST/x-${nameOf('hv01')}`],
    });
    const change = new Change({ operation: 'add', modification });
    expect(await resultOf(accounts[name], dnOf('hv01'), change)).toBe(50);
  });

  it.each(who)('nothing of the domain controller by %s', async (name) => {
    const { dn } = await readHost(domain, 'dc1');
    const account = accounts[name];
    expect(await resultOf(account, dn, delegationChange('add', [`cifs/${nameOf('hv02')}`]))).toBe(50);
    const control = (await readControl(domain, 'dc1')) | accountBits.anyProtocol;
    expect(await resultOf(account, dn, controlReplacement(control))).toBe(50);
    expect(await readDelegation(domain, 'dc1')).toEqual([]);
  });
});

describe('where the narrow account, which Handover binds with, may write', () => {
  const value = 'cifs/hyper-v04';

  it('is OU=Hyper-V, and it can take away what it added', async () => {
    const { dn } = await readHost(domain, 'hyper-v03');
    expect(await resultOf(domain.service, dn, delegationChange('add', [value]))).toBe(0);
    expect(await resultOf(domain.service, dn, delegationChange('delete', [value]))).toBe(0);
  });

  it.each(['branch-hv01', 'files01'])('is not where %s is', async (host) => {
    const { dn } = await readHost(domain, host);
    expect(await resultOf(domain.service, dn, delegationChange('add', [value]))).toBe(50);
    expect(await readDelegation(domain, host)).toEqual([]);
  });
});
