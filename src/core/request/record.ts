import type { DirectoryChange, Plan } from '../delegation/plan';
import type { MoveStep } from '../moves/move-step';
import type { Round } from '../moves/round';
import type { Problem } from '../problem';
import type { HeardWord } from './heard-word';
import type { State } from './states';
import type { ChoiceWord, Decision, Instruction, Intake, Review, Signed } from './statement';

/** How one change ended. `changed` with `inferred`: seen in the directory after an intent, not by our own success. */
export interface StepOutcome {
  readonly kind: 'changed' | 'already-so' | 'by-hand' | 'failed' | 'stale';
  readonly inferred: boolean;
  /** Values that this request added or somebody added for it, those that it keeps, and those that it removed. */
  readonly added: readonly string[];
  readonly kept: readonly string[];
  readonly removed: readonly string[];
  /** Whether the trust mode was set by this request, or by somebody for it. */
  readonly trusted: boolean;
  readonly at: number;
  readonly server: string;
  readonly problem: Problem | null;
}

/** One change being carried out: the journal of that attribute of the object with this GUID. */
export interface Step {
  readonly guid: string;
  readonly attribute: DirectoryChange['attribute'];
  /** `server`: where it is written; what came of it is known there first. */
  readonly intent: { readonly at: number; readonly worker: string; readonly server: string } | null;
  readonly outcome: StepOutcome | null;
}

/** A setting of a host being carried out: the journal of that host. Looked at as an object of the directory is: before, after, or stale. */
export interface HostStep {
  readonly host: string;
  readonly intent: { readonly at: number; readonly worker: string } | null;
  readonly outcome: {
    readonly kind: 'changed' | 'already-so' | 'by-hand' | 'failed' | 'stale';
    /** Seen after an intent, or after a person's hand, and not by our own success. */
    readonly inferred: boolean;
    readonly at: number;
    readonly problem: Problem | null;
  } | null;
}

/** How far the result is known, and how: `granted` is the KDC's word, `read-back` the directory's. */
export interface Proof {
  readonly level: 'written' | 'converged' | 'proved' | 'not-proved';
  readonly converged: number;
  readonly servers: number;
  readonly checks: readonly {
    readonly what: string;
    readonly result: 'granted' | 'refused' | 'read-back' | 'untestable';
  }[];
  readonly note: string;
}

/** Why a request ended as it did. */
interface Ending {
  readonly problem: Problem | null;
  readonly at: number;
}

/**
 * One request as the ledger keeps it. Changed only by compare-and-set on (`state`, `rev`).
 * Nothing here is trusted for an effect: effectors verify the signed statements in it.
 */
export interface RequestRecord {
  readonly id: string;
  /** `R-1042`, given by the recording script. */
  readonly label: string;
  readonly rev: number;
  readonly state: State;
  /** The states that it went through, the present one last, by the clock of who carried it there; kept by the ledger. */
  readonly passed: readonly { readonly state: State; readonly at: number }[];
  readonly intake: Signed<Intake>;
  /** Where the card is shown; chosen before the intake is recorded. */
  readonly card: { readonly channel: string };
  /** The request that this one is a child of (undo, retry, extension, reversal); for people, never for an effect. */
  readonly parent: {
    readonly id: string;
    readonly label: string;
    /** Whose task the parent was; absent: the directory's. */
    readonly effector?: 'directory' | 'hyperv';
  } | null;
  /** Of a reversal: which plan of its parent, when it is due (milliseconds since 1970), whether people were warned. Else null. */
  readonly reverses: { readonly plan: number; readonly due: number; readonly warned: boolean } | null;
  /** When what this request adds or keeps is taken away again; null: never, or not begun yet. Set with the first intent. */
  readonly until: number | null;
  readonly plan: Plan | null;
  readonly decisions: readonly Signed<Decision>[];
  /** Plans that the world had overtaken, with what had changed; their decisions no longer count. */
  readonly voided: readonly { readonly plan: number; readonly sentence: string; readonly at: number }[];
  readonly instructions: readonly Signed<Instruction | ChoiceWord>[];
  /** What became of those of them that an effector follows. */
  readonly heard: readonly HeardWord[];
  /** Said of a request that is over, if its glass was broken: the one thing that is added after the end. */
  readonly review: Signed<Review> | null;
  readonly steps: readonly Step[];
  readonly hostSteps: readonly HostStep[];
  /** The journal of its moves, in the order in which they are begun; empty until all that they need is there. */
  readonly moves: readonly MoveStep[];
  /** How often what was left of its moves was planned anew within the approval. */
  readonly replans: number;
  /** Of a drain whose machines return by themselves: its rounds, in their order; `moves` is about the present one. Empty before they begin. */
  readonly rounds: readonly Round[];
  /** Of hosts that were to be emptied: what was seen on each at the end, by name; null: nobody has looked yet. */
  readonly remaining: readonly { readonly host: string; readonly machines: readonly string[] }[] | null;
  /** The try at carrying the plan out: names the held job. */
  readonly attempt: number;
  readonly proof: Proof | null;
  /** What keeps an open request from going on right now, for the thread. */
  readonly trouble: Problem | null;
  /** Set once, with the last transition. */
  readonly ending: Ending | null;
  /** Ledger time of the last transition to another state. */
  readonly since: number;
  /** End of the per-request audit chain. */
  readonly audit: { readonly seq: number; readonly head: string };
}

/** Id of the job that carries the request out: request, plan, attempt. */
export function heldJobId(record: RequestRecord): string {
  return `${record.label}-p${record.plan?.number ?? 0}-a${record.attempt}`;
}

/** The job that asks for a look at a request as it is: a second one for the same revision is the same job. */
export function jobFor(
  { id, label, rev }: Pick<RequestRecord, 'id' | 'label' | 'rev'>,
  kind: 'conduct' | 'directory' | 'hyperv' | 'look' | 'report',
): { readonly id: string; readonly request: string } {
  return { id: `${label}-v${rev}-${kind}`, request: id };
}
