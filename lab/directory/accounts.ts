import { containers, fqdnOf, migrationService } from './names';

/** userAccountControl bits of MS-ADTS 2.2.16 that matter for delegation. */
export const accountBits = {
  disabled: 0x2,
  workstation: 0x1000,
  /** TRUSTED_FOR_DELEGATION: unconstrained. */
  unconstrained: 0x8_0000,
  /** TRUSTED_TO_AUTH_FOR_DELEGATION: constrained, any authentication protocol. */
  anyProtocol: 0x100_0000,
} as const;

/** What makes one computer differ from an ordinary Hyper-V host; everything left out is as an ordinary one has it. */
export interface HostTraits {
  /** Default true: the any-protocol bit that live migration needs since Windows Server 2016. */
  anyProtocol?: boolean;
  /** Default true: holds the migration service's SPNs, short and FQDN. */
  migrationSpn?: boolean;
  unconstrained?: boolean;
  disabled?: boolean;
  /** Marked as protected by AdminSDHolder: adminCount=1. */
  adminCount?: boolean;
  /** Further servicePrincipalName values, given as they shall stand. */
  explicitSpns?: readonly string[];
  /** Values of msDS-AllowedToDelegateTo from the start. */
  delegatesTo?: readonly string[];
}

export interface PracticeHost extends HostTraits {
  name: string;
  container: string;
}

/** The ordinary hosts: every pair of them may be delegated. */
export const ordinaryHosts = ['hyper-v01', 'hyper-v02', 'hyper-v03', 'hyper-v04'] as const;

/** Ordinary but for their place: in CN=Computers the narrow account is refused (result code 50). */
export const branchHosts = ['branch-hv01', 'branch-hv02'] as const;

/** Serves shares only: cifs by its HOST names, no migration service. */
export const fileServer = 'files01';

/** Each is wrong in exactly one way; `ghost` delegates to a name that nobody owns, `sharedName` has cifs held by another object. */
export const decoys = {
  domainController: 'dc1',
  tierZero: 'hyper-v-t0',
  disabled: 'hyper-v-off',
  unconstrained: 'hyper-v-any',
  kerberosOnly: 'hyper-v-kerb',
  ghost: 'hyper-v04',
  sharedName: 'hyper-v05',
  sharedNameHolder: 'oldbox',
} as const;

/** The value that `decoys.ghost` holds without an owner. */
export const ghostSpn = 'cifs/ghost99';

const { hyperV, computers, fileServers } = containers;

/** Every computer of the practice domain but the domain controller, which Samba makes itself. */
export const practiceHosts: readonly PracticeHost[] = [
  { name: 'hyper-v01', container: hyperV },
  { name: 'hyper-v02', container: hyperV },
  { name: 'hyper-v03', container: hyperV },
  { name: 'hyper-v04', container: hyperV, delegatesTo: [ghostSpn] },
  { name: 'branch-hv01', container: computers },
  { name: 'branch-hv02', container: computers },
  { name: fileServer, container: fileServers, anyProtocol: false, migrationSpn: false },
  { name: decoys.tierZero, container: hyperV, adminCount: true },
  { name: decoys.disabled, container: hyperV, disabled: true },
  { name: decoys.unconstrained, container: hyperV, anyProtocol: false, unconstrained: true },
  { name: decoys.kerberosOnly, container: hyperV, anyProtocol: false },
  { name: decoys.sharedName, container: hyperV },
  // After hyper-v05: Samba refuses HOST/x while another object holds cifs/x, but an administrator may add them in this order.
  {
    name: decoys.sharedNameHolder,
    container: computers,
    anyProtocol: false,
    migrationSpn: false,
    explicitSpns: [`cifs/${decoys.sharedName}`],
  },
];

/** A computer object as attribute values. cifs is not among the SPNs: HOST covers it (sPNMappings), as on real hosts. */
export function hostAttributes(host: { name: string } & HostTraits): Record<string, string[]> {
  const names = [host.name, fqdnOf(host.name)];
  const migration = host.migrationSpn === false ? [] : names.map((name) => `${migrationService}/${name}`);
  const control =
    accountBits.workstation +
    (host.anyProtocol === false ? 0 : accountBits.anyProtocol) +
    (host.unconstrained ? accountBits.unconstrained : 0) +
    (host.disabled ? accountBits.disabled : 0);
  return {
    objectClass: ['computer'],
    sAMAccountName: [`${host.name}$`],
    userAccountControl: [String(control)],
    dNSHostName: [fqdnOf(host.name)],
    // RC4, AES-128 and AES-256 (MS-KILE 2.2.7): without it Samba's KDC finds no common encryption type.
    'msDS-SupportedEncryptionTypes': ['28'],
    servicePrincipalName: [
      ...names.map((name) => `HOST/${name}`),
      ...migration,
      ...(host.explicitSpns ?? []),
    ],
    ...(host.adminCount ? { adminCount: ['1'] } : {}),
    ...(host.delegatesTo ? { 'msDS-AllowedToDelegateTo': [...host.delegatesTo] } : {}),
  };
}
