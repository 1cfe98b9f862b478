/** One computer of the practice domain, as the page labels it. */
export interface LabelledHost {
  /** Short name, as typed in Slack. */
  readonly name: string;
  readonly fqdn: string;
  readonly role: 'ordinary' | 'branch' | 'file-server' | 'decoy' | 'domain-controller';
  /** What a request would meet there, in one short phrase; absent where all is as it should be. */
  readonly wrong?: string;
}

/** What the KDC says about cifs of one host through another; 'not-asked' where there is no KDC. */
export type KdcWord = 'granted' | 'refused' | 'not-asked';

/** The practice domain as the lab sees it, real (Samba) or simulated. */
export interface PracticeDirectory {
  /** 'samba': a real Active Directory domain controller and KDC; 'simulated': in memory, nothing is proved. */
  readonly kind: 'samba' | 'simulated';
  /** Every computer of the domain with its label: ordinary hosts and the decoys with what is wrong with them. */
  readonly hosts: readonly LabelledHost[];
  /** All msDS-AllowedToDelegateTo values as stored, by host name, in one read. A host without any has an empty list. */
  readDelegations(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** userAccountControl (MS-ADTS 2.2.16) of every computer, unsigned, by host name. */
  readControls(): Promise<ReadonlyMap<string, number>>;
  /** Another administrator's edit, one strict modify. Rejects, with nothing written, when it cannot be carried out whole. */
  editDelegation(host: string, edit: { add?: readonly string[]; delete?: readonly string[] }): Promise<void>;
  /** The same of the trust mode: sets or clears TRUSTED_TO_AUTH_FOR_DELEGATION, “Use any authentication protocol”. */
  editTrust(host: string, anyProtocol: boolean): Promise<void>;
  /** Whether the KDC lets `from` act for a user on cifs of `to`. Rejects when a KDC gives no verdict. */
  askKdc(from: string, to: string): Promise<KdcWord>;
}
