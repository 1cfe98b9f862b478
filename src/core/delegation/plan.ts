/** The kinds of change that policy, guards and modes are written for. A plan needs the union of its kinds. */
export type ChangeKind = 'delegation-add' | 'delegation-remove';

/** Every kind, for whoever has to name them all. */
export const CHANGE_KINDS = ['delegation-add', 'delegation-remove'] as const satisfies readonly ChangeKind[];

/** Which object owns one SPN that a change delegates to. */
export interface SpnOwner {
  readonly spn: string;
  readonly guid: string;
  readonly name: string;
  readonly through: 'explicit' | 'host';
}

/**
 * One object's change: the exact values before and after. Lists are sorted without regard to case. An addition removes
 * nothing and a removal adds nothing; a removal has no owners, since what it names may not exist any more.
 */
export interface DirectoryChange {
  readonly kind: ChangeKind;
  readonly guid: string;
  readonly dn: string;
  readonly name: string;
  readonly attribute: 'msDS-AllowedToDelegateTo';
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly trust: 'any-protocol' | 'kerberos-only';
  readonly owners: readonly SpnOwner[];
}

/**
 * "source will be able to act as any user on destination": what a change means, whatever its service says. Of a removal:
 * where a value for the destination goes; whether the power goes with it depends on what is left.
 */
export interface Power {
  readonly source: string;
  readonly destination: string;
}

/** The part of a plan that the directory effector derives again from the signed intake. */
export interface DirectoryPart {
  readonly changes: readonly DirectoryChange[];
  readonly powers: readonly Power[];
}

/** The part of a plan about hosts and moves; empty until a plan may contain them. */
export interface HostsPart {
  readonly settings: readonly never[];
  readonly envelope: null;
}

/** The answer of one guard. `sentence` says what is so; `remedy` what to do about it. */
export interface Verdict {
  readonly check: string;
  readonly verdict: 'ok' | 'warn' | 'refuse';
  readonly sentence: string;
  readonly remedy: string;
}

/** What an ask comes to: refused by a guard, nothing to do, or a plan. The verdicts of all guards are always there. */
export type Planned =
  | { readonly kind: 'refused'; readonly verdicts: readonly Verdict[] }
  | { readonly kind: 'already-so'; readonly verdicts: readonly Verdict[]; readonly part: DirectoryPart }
  | { readonly kind: 'plan'; readonly verdicts: readonly Verdict[]; readonly part: DirectoryPart };

/** A plan as it waits for decisions. `fingerprint` covers intake, number and both parts, nothing volatile. */
export interface Plan {
  readonly number: number;
  readonly directory: DirectoryPart;
  readonly hosts: HostsPart;
  readonly verdicts: readonly Verdict[];
  readonly server: string;
  readonly observedAt: number;
  /** Hash of the policy rules that applied. */
  readonly rules: string;
  readonly decideBy: number;
  readonly fingerprint: string;
}

/** The hosts part of a plan that moves nothing. */
export const NO_HOSTS: HostsPart = { settings: [], envelope: null };
