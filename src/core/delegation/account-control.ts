/** userAccountControl bits (MS-ADTS 2.2.16) that decide about delegation. */
export const ACCOUNT_BITS = {
  disabled: 0x2,
  interdomainTrust: 0x800,
  /** WORKSTATION_TRUST_ACCOUNT: a member computer, servers included. */
  memberComputer: 0x1000,
  /** SERVER_TRUST_ACCOUNT: a domain controller. */
  domainController: 0x2000,
  /** TRUSTED_FOR_DELEGATION: unconstrained. */
  unconstrained: 0x8_0000,
  /** TRUSTED_TO_AUTH_FOR_DELEGATION: constrained, any authentication protocol. */
  anyProtocol: 0x100_0000,
  /** PARTIAL_SECRETS_ACCOUNT: a read-only domain controller. */
  readOnlyController: 0x400_0000,
} as const;

/** Whether a userAccountControl has the bit. */
export function hasBit(control: number, bit: keyof typeof ACCOUNT_BITS): boolean {
  return (control & ACCOUNT_BITS[bit]) !== 0;
}
