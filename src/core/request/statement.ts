import { digest } from '../canonical';
import type { First } from '../moves/envelope';

/** Who, by ids only. Names are for display and are never compared. */
export interface Person {
  readonly enterprise: string | null;
  readonly team: string;
  readonly user: string;
}

/** What was asked. `command` is the canonical text of the ask; times are milliseconds since 1970. */
export interface Intake {
  readonly kind: 'intake';
  /** Random, 128 bits, 32 hex digits. */
  readonly id: string;
  readonly by: Person;
  readonly channel: string;
  readonly command: string;
  readonly at: number;
  /** The intake id of the request that this one is a child of, else null. */
  readonly of: string | null;
}

/**
 * Approve or deny, by one person, of one plan of one intake. It carries every digest that it is about and the
 * times that an effector judges by its own clock: `decideBy` ends waiting, `startBy` bounds the first effect, `endBy` the last.
 */
export interface Decision {
  readonly kind: 'decision';
  readonly intake: string;
  readonly intakeDigest: string;
  readonly plan: number;
  readonly directoryDigest: string;
  readonly hostsDigest: string;
  readonly fingerprint: string;
  readonly verdict: 'approve' | 'deny';
  readonly by: Person;
  readonly reason: string;
  readonly rules: string;
  /** Names of the rules that it is a vote for: those by which its person may approve; of a denial too. */
  readonly votesFor: readonly string[];
  /** An approval that is to stand for a whole quorum where its person may break the glass. */
  readonly breaksGlass: boolean;
  /** Slack user groups that the bot saw its person in; absent where none mattered. They let nobody approve but moves. */
  readonly userGroups?: readonly string[];
  readonly at: number;
  readonly decideBy: number;
  readonly startBy: number;
  readonly endBy: number;
}

/** A person's later word on a request, or (`unfreeze`) on a freeze. Only what may cause an effect needs a signature, but all are signed. */
export interface Instruction {
  readonly kind: 'instruction';
  readonly intake: string;
  readonly what:
    | 'withdraw'
    | 'stop'
    | 'pause'
    | 'resume'
    | 'unfreeze'
    | 'retry-failed'
    | 'replan'
    | 'host-back';
  /** Which round's hosts are back, the first of all being 0; absent in any other word. */
  readonly round?: number;
  readonly by: Person;
  readonly at: number;
}

/** What somebody has chosen for a machine that a drain is about: what is done to it first, or that it is left. The last word about a machine holds. */
export interface ChoiceWord {
  readonly kind: 'instruction';
  readonly intake: string;
  readonly what: 'choice';
  /** Its id, lower case. */
  readonly machine: string;
  readonly choice: First | 'leave';
  readonly by: Person;
  readonly at: number;
}

/** That somebody has looked at what was approved by breaking the glass, and with what result: said of a request that is over. */
export interface Review {
  readonly kind: 'review';
  readonly intake: string;
  /** Whether that was right, by the judgement of who has looked. */
  readonly wasRight: boolean;
  readonly note: string;
  readonly by: Person;
  readonly at: number;
}

/** That no machine is to be put on a host, or that this is over: `id` is random (128 bits, 32 hex digits), and an uncordon has its cordon's. */
export interface CordonWord {
  readonly kind: 'cordon';
  readonly id: string;
  readonly what: 'cordon' | 'uncordon';
  /** Short name. */
  readonly host: string;
  /** Id of the drain that it follows from; absent: a person has said it. */
  readonly drain?: string;
  /** Empty: nothing was said. */
  readonly why: string;
  readonly by: Person;
  readonly at: number;
}

export type Statement = Intake | Decision | Instruction | ChoiceWord | Review | CordonWord;

/** A statement with the bot's Ed25519 signature over its canonical text; `keyId` names the public key. */
export interface Signed<S extends Statement> {
  readonly statement: S;
  readonly keyId: string;
  readonly signature: string;
}

/** Digest of an intake, as decisions carry it. */
export function intakeDigest(intake: Intake): string {
  return digest(intake);
}

/** True when both are the same person: enterprise, team and user alike. Names and addresses never count. */
export function isSamePerson(a: Person, b: Person): boolean {
  return a.user === b.user && a.team === b.team && a.enterprise === b.enterprise;
}
