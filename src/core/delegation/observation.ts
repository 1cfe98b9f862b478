/** A computer object as the directory holds it. `name` is the sAMAccountName without its `$`, lower-case. */
export interface ComputerObject {
  /** objectGUID in the usual text form, lower-case. */
  readonly guid: string;
  readonly dn: string;
  readonly name: string;
  readonly samAccountName: string;
  readonly dnsHostName: string | null;
  readonly objectClasses: readonly string[];
  /** userAccountControl, unsigned. */
  readonly userAccountControl: number;
  readonly primaryGroupId: number;
  readonly adminCount: boolean;
  readonly spns: readonly string[];
  /** msDS-AllowedToDelegateTo, stored spelling, sorted without regard to case. */
  readonly allowedToDelegateTo: readonly string[];
  /** DNs of the groups that list the object directly. */
  readonly memberOf: readonly string[];
}

/** The object that a search for one SPN found. */
export interface SpnHolder {
  readonly guid: string;
  readonly name: string;
  readonly dn: string;
}

/** Who holds an SPN: by its own text, and by the HOST class that stands for it (sPNMappings). */
export interface SpnHolders {
  readonly spn: string;
  readonly explicit: readonly SpnHolder[];
  readonly viaHost: readonly SpnHolder[];
}

/** What was read for one ask, from one server. Plans are derived from it and from nothing else. */
export interface Observation {
  readonly server: string;
  readonly at: number;
  /** Every object in the domain that the name could mean; a usable name has exactly one. */
  readonly source: readonly ComputerObject[];
  readonly destination: readonly ComputerObject[];
  readonly holders: readonly SpnHolders[];
  /** Names within the search bases, for suggestions only; empty when both names were found. */
  readonly knownNames: readonly string[];
}
