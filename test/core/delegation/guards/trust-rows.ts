import { changed, type Row } from './row';

export const trustRows: readonly Row[] = [
  {
    title: 'an unconstrained source',
    input: changed('hyper-v01', { userAccountControl: 0x8_1000 }),
    checks: ['source.unconstrained'],
    sentence:
      'hyper-v01 is trusted for unconstrained delegation: it may already act as any user on any host.',
    remedy:
      "PowerShell: Set-ADAccountControl -Identity 'hyper-v01$' -TrustedForDelegation $false -TrustedToAuthForDelegation $true.",
  },
  {
    title: 'a source that is trusted for Kerberos only',
    input: changed('hyper-v01', { userAccountControl: 0x1000 }),
    checks: ['source.any-protocol'],
    sentence:
      'After this change live migration still needs one setting: hyper-v01 is trusted for Kerberos only.',
    remedy:
      "Active Directory Users and Computers → the computer’s Properties → tab Delegation → choose “Use any authentication protocol”. PowerShell: Set-ADAccountControl -Identity 'hyper-v01$' -TrustedToAuthForDelegation $true.",
  },
  {
    title: 'more values than the cap allows',
    input: {
      ...changed('hyper-v01', { allowedToDelegateTo: ['cifs/hyper-v02', 'cifs/other'] }),
      caps: { valuesPerHost: 4 },
    },
    checks: ['source.values'],
    sentence: 'hyper-v01 would have 5 values in msDS-AllowedToDelegateTo; at most 4 are allowed.',
    remedy: 'no longer needed',
  },
];
