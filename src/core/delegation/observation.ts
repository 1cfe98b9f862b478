import type { HostName } from '../commands/ask';

/** A group that an object is in. */
export interface Group {
  /** objectSid as text (MS-DTYP 2.4.2.1). */
  readonly sid: string;
  /** Null for a group of another domain, which the server knows by its SID alone. */
  readonly dn: string | null;
}

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
  /** DNs of the groups that list the object directly; the primary group does not. */
  readonly memberOf: readonly string[];
  /**
   * Every security group that the object is in, sorted by SID: listed there, through other groups, or by primaryGroupID
   * (tokenGroups, MS-ADTS 3.1.1.4.5.19). Known of the computers that an observation names, and of `all`, when services are
   * asked for; absent where nothing is judged by it: surveys, removals, single objects.
   */
  readonly groups?: readonly Group[];
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

/** What a name means: every object of the domain that answers to it; a usable name has exactly one. */
export interface FoundHost {
  readonly asked: HostName;
  readonly found: readonly ComputerObject[];
}

/** What was read for one ask, from one server. Plans are derived from it and from nothing else. */
export interface Observation {
  readonly server: string;
  readonly at: number;
  /** Every name that was asked for, once. */
  readonly hosts: readonly FoundHost[];
  /** Every computer within the search bases that holds an SPN of the migration service; empty unless all were asked for. */
  readonly all: readonly ComputerObject[];
  /** Every object of the domain with a list, whatever it is; empty unless asked for. */
  readonly delegating: readonly ComputerObject[];
  /** Of every SPN that the services need on a destination that is one object. */
  readonly holders: readonly SpnHolders[];
  /** Names within the search bases, for suggestions only; empty when all names were found. */
  readonly knownNames: readonly string[];
}

/** The part of an observation that is about one ordered pair. */
export interface PairObservation extends Pick<Observation, 'holders' | 'knownNames'> {
  readonly source: readonly ComputerObject[];
  readonly destination: readonly ComputerObject[];
}
