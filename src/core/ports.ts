import type { ArchiveLedger } from './audit/archive-port';
import type { AuditLedger } from './audit/audit-port';
import type { AuditEntry, AuditRecord, Happened } from './request/audit';
import type { RequestRecord } from './request/record';
import type { Delivered } from './conversation-port';
import type { LoadLedger } from './hyperv/load-port';
import type { HomeLedger } from './moves/homes-port';
import type { ProgressLedger } from './moves/progress-port';
import type { Intake, Signed } from './request/statement';
import type { Baseline } from './findings/baseline';
import type { CordonState } from './hyperv/cordon';
import type { FreezeState } from './request/freeze';

export type { Conversation, Delivered, Place, TextFile } from './conversation-port';
export type {
  Directory,
  DirectoryQuestion,
  EverywhereReading,
  ListModification,
  Modification,
  TrustModification,
} from './directory-port';

/** Wall time and timers. `now` in milliseconds since 1970; `monotonic` in milliseconds from any start. */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Randomness for ids; `hex(16)` is 128 bits. */
export interface Random {
  hex(bytes: number): string;
}

/** Signs with the bot's key; only the bot has one. */
export interface Signer {
  readonly keyId: string;
  sign(text: string): string;
}

/** Checks signatures against known public keys; an unknown key id is false. */
export interface Verifier {
  verify(text: string, keyId: string, signature: string): boolean;
}

/** Asks whether a delegation is in effect, where something can tell. */
export interface ProofSource {
  prove(power: { source: string; destination: string }): Promise<'granted' | 'refused' | 'untestable'>;
}

/** A job names a request and nothing else that matters; what to do is always read from the ledger. */
export interface Job {
  /** Unique per role: `R-1042-p2-a1` (held) or `R-1042-v37-directory` (step). No `:`. */
  readonly id: string;
  readonly request: string;
}

/** The roles that have a queue. The bot serves `reports`. */
export type Role = 'conduct' | 'directory' | 'hyperv' | 'reports';

/** What a handler wants next: the job is over, or it shall be held again until that time. */
export type Handled = { readonly kind: 'over' } | { readonly kind: 'hold'; readonly until: number };

/** Delivers jobs at least once. Its state is never the truth. Methods throw Fault `queue.unreachable` (later). */
export interface Queue {
  /** Adds a job to be run now. A job with that id that still exists is left as it is. */
  put(role: Role, job: Job): Promise<void>;
  /** Adds a job that runs by itself at `until`, unless it is released before. */
  hold(role: Role, job: Job, until: number): Promise<void>;
  /** Runs a held job now. 'missing' when there is no such job (any more); never throws for a job already running. */
  release(role: Role, jobId: string): Promise<'released' | 'running' | 'missing'>;
  remove(role: Role, jobId: string): Promise<void>;
  look(role: Role, jobId: string): Promise<'held' | 'queued' | 'running' | 'missing'>;
  /** How many jobs of a role wait, run and are held. */
  depth(role: Role): Promise<{ readonly queued: number; readonly running: number; readonly held: number }>;
  /** Serves a role. A handler that throws ends the job (removed; the sweeper asks again). `stop` waits for running jobs. */
  handle(role: Role, handler: (job: Job) => Promise<Handled>): Promise<{ stop(): Promise<void> }>;
  /** Asks whoever serves the role's questions. Throws Fault `queue.no-answer` after `deadlineMs`. */
  ask(role: Role, question: unknown, deadlineMs: number): Promise<unknown>;
  /** Answers questions put to the role. A handler that throws makes the asker's promise reject with Fault `queue.question-failed`. */
  answer(role: Role, handler: (question: unknown) => Promise<unknown>): Promise<{ stop(): Promise<void> }>;
  close(): Promise<void>;
}

/** Who holds what, why and until when (ledger time): for people who ask what is going on. */
export type HeldLease = Pick<Lease, 'key' | 'holder' | 'until'> & { readonly reason: string };

/** That a request wants a value to be there: for good (`until` null) or until it takes it away again, milliseconds since 1970. */
export interface Claim {
  readonly request: string;
  readonly until: number | null;
}

/** A lease as taken: `token` grows with every taking of the same key; `until` is ledger time. */
export interface Lease {
  readonly key: string;
  readonly holder: string;
  readonly token: number;
  readonly until: number;
}

/** The durable record. All methods throw Fault `ledger.unreachable` (later; `unknown` for writes whose answer was lost). */
export interface Ledger extends AuditLedger, ArchiveLedger, LoadLedger, ProgressLedger, HomeLedger {
  /** One atomic script: same `key` again gives the first record back, `isNew` false. Also opens the audit chain. */
  recordIntake(
    intake: Signed<Intake>,
    options: { key: string; card: { channel: string }; parent?: { id: string; label: string } | null },
  ): Promise<{
    record: RequestRecord;
    isNew: boolean;
  }>;
  /** The request that an intake with this key has made, as long as the key is remembered; null: none. */
  recordedUnder(key: string): Promise<RequestRecord | null>;
  /**
   * Creates the reversal of a request once: a record of its own (see `newReversal`) with a label of its own and a chain that
   * begins with `entry`. The same again gives the first one back.
   */
  recordReversal(reversal: RequestRecord, entry: AuditEntry): Promise<RequestRecord>;
  read(id: string): Promise<RequestRecord | null>;
  findByLabel(label: string): Promise<RequestRecord | null>;
  /**
   * Compare-and-set on (`seen.state`, `seen.rev`) that also appends what happened to the request's chain, all or none. `change`
   * may not touch id, label, rev, intake, since, audit or passed. Gives the new record, or null when somebody else was first (also when
   * the record is gone).
   * Throws when the state table has no such arrow or the record has ended: then only the review of a broken glass may still be added.
   */
  commit(seen: RequestRecord, change: RecordChange, entry: Happened): Promise<RequestRecord | null>;
  /** Appends to a request's chain without changing it (retries internally), or to the system chain when there is no such request. */
  note(id: string, entry: AuditEntry): Promise<void>;
  audit(id: string): Promise<readonly AuditRecord[]>;
  /** Ids of requests without an ending; with `by`, only of those that had begun by then (ledger time, milliseconds since 1970). */
  openRequests(by?: number): Promise<readonly string[]>;
  /** Ids of requests that are over and whose broken glass nobody has reviewed, the oldest first. */
  toReview(): Promise<readonly string[]>;
  /** Ids of requests whose last revision has not been marked as reported. */
  unreported(): Promise<readonly string[]>;
  /** Everything delivered for a request, by key. */
  delivered(id: string): Promise<ReadonlyMap<string, Delivered>>;
  /**
   * The same may stand under several keys, all or none. With `entry` it also goes into the request's chain, both or none; where there is
   * no such request the entry goes nowhere.
   */
  setDelivered(
    id: string,
    key: string | readonly string[],
    delivered: Delivered,
    entry?: AuditEntry,
  ): Promise<void>;
  /** Clears the unreported mark if the record still has this revision; whether it has. If so `lease`, when it is ours, is given back as well. */
  markReported(id: string, rev: number, lease?: Lease): Promise<boolean>;
  /** Null when another holder has it. The same holder taking it again renews it and keeps the token. */
  takeLease(key: string, holder: string, ttlMs: number, reason?: string): Promise<Lease | null>;
  /** All leases that live now and whose key begins so, the one that ends first first. */
  leases(prefix: string): Promise<readonly HeldLease[]>;
  /** False when it is not ours any more. */
  renewLease(lease: Lease, ttlMs: number): Promise<boolean>;
  releaseLease(lease: Lease): Promise<void>;
  /** Ledger time, milliseconds. */
  time(): Promise<number>;
  /** For each value of an object, the label of the last request whose recorded outcome added it, or null. */
  origins(
    values: readonly { readonly guid: string; readonly value: string }[],
  ): Promise<readonly (string | null)[]>;
  /**
   * For each value of an object, who claims it: requests whose recorded outcome added or kept it, as long as nobody's outcome
   * removed it since. A claim whose time is over is told too: the value is going.
   */
  claims(
    values: readonly { readonly guid: string; readonly value: string }[],
  ): Promise<readonly (readonly Claim[])[]>;
  /**
   * Tells that an object is about to be written to at a server, if state and revision of the request are still those of `seen`.
   * False: they are not, and nothing was told. Notes do not count.
   */
  markWrite(
    seen: Pick<RequestRecord, 'id' | 'state' | 'rev'>,
    write: { readonly guid: string; readonly server: string },
  ): Promise<boolean>;
  /** For each object, where and when (ledger time) a write of ours was last begun or recorded; null: never. */
  lastWrites(
    guids: readonly string[],
  ): Promise<readonly ({ readonly server: string; readonly at: number } | null)[]>;
  /** For each object, the labels of open requests whose plan changes it, `most` of them at most. */
  changing(guids: readonly string[], most: number): Promise<readonly (readonly string[])[]>;
  /** What was found at the first run, as later runs have left it; null before it. */
  findingsBaseline(): Promise<Baseline | null>;
  /** Compare-and-set: false when the baseline is not (any more) the one that was seen. */
  setFindingsBaseline(seen: Baseline | null, next: Baseline): Promise<boolean>;
  /** The last freeze of everything, and what has ended it; null: there never was one. */
  freezeState(): Promise<FreezeState | null>;
  /** Compare-and-set: false when it is not (any more) the one that was seen. */
  setFreezeState(seen: FreezeState | null, next: FreezeState): Promise<boolean>;
  /** The last cordon of each host that ever had one, and what has ended it; sorted by host. */
  cordons(): Promise<readonly CordonState[]>;
  /** Compare-and-set of one host's: false when it is not (any more) the one that was seen. */
  setCordon(seen: CordonState | null, next: CordonState): Promise<boolean>;
  /** Digest of the settings that a program last said it works by; null: it never did. */
  settingsDigest(program: string): Promise<string | null>;
  setSettingsDigest(program: string, digest: string): Promise<void>;
  /** Counts once more under a key; how often that was since the first time, which is forgotten after `windowMs`. */
  countWithin(key: string, windowMs: number): Promise<number>;
  /** Whether an idempotency key is new; remembered for at least a day. */
  claimOnce(key: string): Promise<boolean>;
  close(): Promise<void>;
}

/** What a transition may change. */
export type RecordChange = Partial<
  Omit<RequestRecord, 'id' | 'label' | 'rev' | 'intake' | 'since' | 'audit' | 'passed'>
>;
