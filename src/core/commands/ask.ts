import {
  isMoveAsk,
  type DrainAsk,
  type MigrateAsk,
  type MoveAsk,
  type RebalanceAsk,
  type ReturnAsk,
} from './move-ask';
import type { First } from '../moves/envelope';
import type { Saying } from './saying';
import type { WordAsk } from './word-ask';

export { isMoveAsk };
export type { DrainAsk, MigrateAsk, MoveAsk, RebalanceAsk, ReturnAsk };

/** The two service classes that may ever be delegated: `cifs` and Microsoft Virtual System Migration Service. */
export type Service = 'cifs' | 'migration';

/**
 * A host as a person named it. `short` matches `^[a-z0-9-]{1,15}$`; `fqdn` has no trailing dot; both are lower-case ASCII.
 * `dn` is an RFC 4514 text in its own spelling: only good for looking up, never for building other names. `guid` (objectGUID
 * as text, lower-case) is never typed: plans that are about what an earlier request wrote name their objects so.
 */
export interface HostName {
  readonly kind: 'short' | 'fqdn' | 'dn' | 'guid';
  readonly text: string;
}

/**
 * Hosts as a person named them. A range stands for every name `prefix` + number + `suffix` from `first` to `last` (numbers
 * padded with zeros to `digits`), all of them short names; `all` for every Hyper-V host within the search bases.
 */
export type HostTerm =
  | { readonly kind: 'host'; readonly host: HostName }
  | {
      readonly kind: 'range';
      readonly prefix: string;
      readonly first: number;
      readonly last: number;
      readonly digits: number;
      readonly suffix: string;
    }
  | { readonly kind: 'all' };

/**
 * Which ordered pairs are meant. `one-way`: every source to every destination. `both-ways`: the same and back. `mesh`:
 * every ordered pair of the sources; `destinations` is empty. A host is never paired with itself.
 */
export type Way = 'one-way' | 'both-ways' | 'mesh';

/** What both kinds of change of a delegation are asked for with. */
interface PairsAsk extends Saying {
  readonly sources: readonly HostTerm[];
  readonly destinations: readonly HostTerm[];
  readonly way: Way;
}

/** A wish to let the sources delegate to `services` (canonical order cifs, migration; no doubles) of the destinations. */
export interface DelegateAsk extends PairsAsk {
  readonly verb: 'delegate';
  readonly services: readonly Service[];
  /**
   * `any`: sources that lack it are to get “any authentication protocol”; `kerberos`: they stay as they are; null: not said,
   * which means `any` where the policy lets this person ask for it.
   */
  readonly protocol: 'any' | 'kerberos' | null;
  /** How long the values are to stay, in milliseconds, counted from the first effect; null: for good. */
  readonly forMs: number | null;
}

/**
 * A wish that the sources no longer may. `all` services: whatever class the list holds for that destination. The
 * destinations need not exist any more; `all` among them means every value of the list.
 */
export interface UndelegateAsk extends PairsAsk {
  readonly verb: 'undelegate';
  readonly services: readonly Service[] | 'all';
}

/** A wish to set a new host up: trust mode, and delegation between it and its group, both ways. */
export interface OnboardAsk extends Saying {
  readonly verb: 'onboard';
  readonly host: HostName;
  /** A host whose group it joins: those that delegate to it or that it delegates to, and itself; null: all Hyper-V hosts. */
  readonly like: HostName | null;
}

/** A wish to take a host out of service: every delegation from it and to it goes. The host need not exist any more. */
export interface RetireAsk extends Saying {
  readonly verb: 'retire';
  readonly host: HostName;
}

/** A wish to take back what a request changed, as far as nobody else wants it by now; `request` is its label. */
export interface UndoAsk extends Saying {
  readonly verb: 'undo';
  readonly request: string;
}

/** A wish to set hosts up for live migration: on, how they authenticate, over which networks, how many at a time; null: left as it is. */
export interface PrepareAsk extends Saying {
  readonly verb: 'prepare';
  /** Short names, each once. */
  readonly hosts: readonly string[];
  readonly auth: 'kerberos' | 'credssp';
  readonly networks: readonly string[] | 'any' | null;
  readonly most: number | null;
}

/** What leads to a plan that changes the directory. */
export type DirectoryAsk = DelegateAsk | UndelegateAsk | OnboardAsk | RetireAsk | UndoAsk;

/** What leads to a plan. */
export type ChangeAsk = DirectoryAsk | PrepareAsk | MoveAsk;

/** The asks that name sides of pairs. */
export type PairedAsk = DelegateAsk | UndelegateAsk;

/**
 * A wish that what a temporary request added stays for `forMs` from the new approval on. It becomes the same ask again with
 * that time, as a child request.
 */
export interface ExtendAsk {
  readonly verb: 'extend';
  readonly request: string;
  readonly forMs: number;
}

/** A wish for what is done to a machine of a drain, named by its id or its name: something first, or that it is left. */
export interface ChooseAsk {
  readonly verb: 'choose';
  readonly request: string;
  readonly machine: string;
  readonly choice: First | 'leave';
}

/** A wish to see requests: one's own, those that wait for a decision, those being carried out, or (null) all open ones. */
export interface RequestsAsk {
  readonly verb: 'requests';
  readonly which: 'mine' | 'waiting' | 'running' | 'review' | null;
}

/** A wish to see what is delegated: of one host, or of all. */
export interface DelegationsAsk {
  readonly verb: 'delegations';
  readonly host: HostName | null;
  /** Ask every domain controller, and the KDC where one can be asked. */
  readonly verify: boolean;
  /** The attribute as it is stored. */
  readonly raw: boolean;
}

/** A wish to see how ready a host is to move machines, or (null) all of them. */
export interface HostsAsk {
  readonly verb: 'hosts';
  readonly host: HostName | null;
  /** All that is known of each, instead of two lines. */
  readonly full: boolean;
}

/** A wish to hear why a move fails: from one host to another, of a machine (name or id) if one is named; or what an error means. */
export type WhyAsk =
  | {
      readonly verb: 'why';
      readonly from: HostName;
      readonly to: HostName;
      readonly machine: string | null;
    }
  | { readonly verb: 'why'; readonly text: string };

/** A wish to hear what is wrong with delegations in the domain. */
interface FindingsAsk {
  readonly verb: 'findings';
}

/** A wish to see one request; `request` is its label, such as `R-1042`. */
export interface ShowAsk {
  readonly verb: 'show';
  readonly request: string;
}

/** A wish to hear a request's whole story from the audit. */
export interface AuditAsk {
  readonly verb: 'audit';
  readonly request: string;
}

/** A wish for help, about one verb of the table or (null) about everything. */
export interface HelpAsk {
  readonly verb: 'help';
  readonly about: string | null;
}

/** What a well-formed command asks for. */
export type Ask =
  | AuditAsk
  | ChangeAsk
  | ChooseAsk
  | DelegationsAsk
  | ExtendAsk
  | FindingsAsk
  | HelpAsk
  | HostsAsk
  | RequestsAsk
  | ShowAsk
  | WhyAsk
  | WordAsk;

/** Whether the ask leads to a plan, and with it to a request. */
export function isChange(ask: Ask): ask is ChangeAsk {
  return isDirectoryAsk(ask) || isMoveAsk(ask) || ask.verb === 'prepare';
}

/** Whether the directory is what the ask is about. */
export function isDirectoryAsk(ask: Ask): ask is DirectoryAsk {
  return ['delegate', 'undelegate', 'onboard', 'retire', 'undo'].includes(ask.verb);
}
