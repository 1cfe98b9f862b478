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
    title: 'a source that is to stay trusted for Kerberos only',
    input: { ...changed('hyper-v01', { userAccountControl: 0x1000 }), trust: 'kerberos' },
    checks: ['source.any-protocol'],
    sentence:
      'hyper-v01 stays trusted for Kerberos only. That suffices for hosts with Windows Server 2012 R2, and for moves that somebody starts while signed in at the host itself.',
    remedy: 'need --protocol any.',
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
  {
    title: 'more values than the cap allows over all pairs of the plan',
    input: { ...changed('hyper-v01', {}), wanted: ['a/1', 'a/2', 'a/3'], caps: { valuesPerHost: 2 } },
    checks: ['source.values'],
    sentence: 'hyper-v01 would have 3 values in msDS-AllowedToDelegateTo; at most 2 are allowed.',
    remedy: 'no longer needed',
  },
];
