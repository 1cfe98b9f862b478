import type { SettingChange } from '../hyperv/host-settings';
import type { Envelope } from '../moves/envelope';
import type { Forecast } from '../moves/forecast';

/** The kinds of change that policy, guards and modes are written for. A plan needs the union of its kinds. */
export type ChangeKind = 'delegation-add' | 'delegation-remove' | 'trust-mode';

/** An object that owns SPNs which a plan delegates to; each SPN stands at exactly one owner of a part. */
export interface Destination {
  readonly guid: string;
  readonly name: string;
  /** Sorted by SPN. */
  readonly spns: readonly { readonly spn: string; readonly through: 'explicit' | 'host' }[];
}

/** What all changes tell of their object. `by`: the worker writes it, or a person does and the worker looks. */
interface ChangedObject {
  readonly guid: string;
  readonly dn: string;
  readonly name: string;
  readonly by: 'worker' | 'hand';
}

/**
 * One object's change of its list: the exact values before, and what is added or removed; what is after follows (`afterOf`).
 * Lists are sorted without regard to case. An addition removes nothing and a removal adds and keeps nothing. `keep`: values
 * that are there, but only for a time, and that this request wants for longer.
 */
export interface ListChange extends ChangedObject {
  readonly kind: 'delegation-add' | 'delegation-remove';
  readonly attribute: 'msDS-AllowedToDelegateTo';
  readonly before: readonly string[];
  readonly add: readonly string[];
  readonly keep: readonly string[];
  readonly remove: readonly string[];
  readonly trust: 'any-protocol' | 'kerberos-only';
}

/** One object's change of its trust mode: userAccountControl with TRUSTED_TO_AUTH_FOR_DELEGATION set, and nothing else. */
export interface TrustChange extends ChangedObject {
  readonly kind: 'trust-mode';
  readonly attribute: 'userAccountControl';
  readonly before: number;
  readonly after: number;
}

export type DirectoryChange = ListChange | TrustChange;

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
  /** In the order in which they are carried out: lists first, what a person does last. */
  readonly changes: readonly DirectoryChange[];
  /** Whose SPNs the additions are; sorted by name. Removals have none, since what they name may not exist any more. */
  readonly destinations: readonly Destination[];
  /** How long what is added or kept stays, counted from the first effect, in milliseconds; null: for good. */
  readonly forMs: number | null;
}

/** Whatever a rule of the policy can be for: the kinds of the directory, and those of hosts. */
export type AnyKind = ChangeKind | 'host-setting' | 'live-move' | 'storage-move' | 'shutdown';

/**
 * The part of a plan that the effector of hosts carries out. Settings are derived again from the signed intake; of moves the envelope has to
 * lie inside the intake, and every move inside the envelope.
 */
export interface HostsPart {
  /** Sorted by host. */
  readonly settings: readonly SettingChange[];
  /** Which moves are allowed; null: none. */
  readonly envelope: Envelope | null;
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
  /** What its moves are going to come to, which is shown and binds nobody; null: it has none. */
  readonly forecast: Forecast | null;
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
