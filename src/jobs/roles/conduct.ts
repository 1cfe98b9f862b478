import type { Clock, Handled, Job, Ledger, Queue, RecordChange } from '../../core/ports';
import type { Problem } from '../../core/problem';
import { advance } from '../../core/request/advance';
import { AFRESH } from '../../core/request/afresh';
import type { Next, Pace } from '../../core/request/next';
import { effectorOf } from '../../core/request/effector';
import { newHostSteps } from '../../core/request/host-effect';
import { UNNEEDED } from '../../core/request/new-record';
import { movesOf } from '../../core/moves/new-moves';
import { newRounds } from '../../core/moves/rounds';
import { askedMoves } from '../../core/moves/asked-moves';
import { heldJobId, jobFor, type RequestRecord, type Step } from '../../core/request/record';
import { firstProblem } from '../../core/request/settle';

/** What the conducting role needs: no credentials of any kind. */
export interface ConductParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly worker: string;
  readonly pace: Pace;
}

/** How long what nobody has to act on may stay unreported, in milliseconds. */
const SOON_MS = 300;

/** How long one sweep takes at most, in milliseconds: with very many open requests it must leave the processor, and Redis, to what is asked now. */
const SWEEP_MS = 200;

/** How often a request is looked at again because somebody else's transition came first. */
const LOOKS = 8;

/** Handles a job of the role: does the one next thing for its request. */
export async function conduct(parts: ConductParts, job: Job): Promise<Handled> {
  const record = await parts.ledger.read(job.request);
  if (!record) {
    const entry = {
      what: 'job.forged',
      who: who(parts),
      at: parts.clock.now(),
      detail: { job: job.id, role: 'conduct' },
    };
    await parts.ledger.note(job.request, entry);
    return { kind: 'over' };
  }
  const seen = await drive(parts, record);
  await report(parts, seen.record);
  const isOwnHold = seen.next.do === 'hold' && job.id === heldJobId(seen.record);
  return isOwnHold && seen.next.do === 'hold' ? { kind: 'hold', until: seen.next.until } : { kind: 'over' };
}

/**
 * Looks at open requests, so that whatever a crash left undone is asked for again: those from `first` on, then the others, as far as there
 * is time. Gives where the next sweep goes on; a place may have moved a little by then, and comes round again.
 */
export async function sweep(
  parts: ConductParts,
  onError: (error: unknown) => void,
  first = 0,
): Promise<number> {
  const { ledger, clock } = parts;
  const ids = await ledger.openRequests();
  const from = first < ids.length ? first : 0;
  const end = clock.monotonic() + SWEEP_MS;
  for (const [at, id] of [...ids.slice(from), ...ids.slice(0, from)].entries()) {
    // One request that cannot be driven must not keep the others waiting.
    await sweepOne(parts, id).catch(onError);
    if (clock.monotonic() > end) return (from + at + 1) % ids.length;
  }
  return 0;
}

async function sweepOne(parts: ConductParts, id: string): Promise<void> {
  const record = await parts.ledger.read(id);
  if (!record) return;
  const { record: after } = await drive(parts, record);
  if (after.rev !== record.rev) await report(parts, after);
}

/** Commits what this role may commit itself, until something else has to act; then asks for that. */
async function drive(
  parts: ConductParts,
  first: RequestRecord,
): Promise<{ record: RequestRecord; next: Next }> {
  let record = first;
  for (let look = 0; look < LOOKS; look += 1) {
    const next = advance(record, parts.clock.now(), parts.pace);
    const step = await take(parts, record, next);
    if (step === 'settled') return { record, next };
    record = step ?? (await reread(parts, record));
  }
  return { record, next: { do: 'nothing' } };
}

/** Does one `next`: the new record after a commit, null when somebody else was first, 'settled' when others are to act. */
async function take(
  parts: ConductParts,
  record: RequestRecord,
  next: Next,
): Promise<RequestRecord | null | 'settled'> {
  switch (next.do) {
    case 'nothing':
      return 'settled';
    case 'ask-effector':
      await parts.queue.put(effectorOf(record), jobFor(record, effectorOf(record)));
      return 'settled';
    case 'look':
      await parts.queue.hold(effectorOf(record), jobFor(record, 'look'), next.at);
      return 'settled';
    case 'await-hand':
      return commit(parts, record, { change: { state: 'awaiting-hand' }, what: 'await-hand' });
    case 'begin-settings':
      return commit(parts, record, { change: { hostSteps: newHostSteps(record.plan) }, what: 'settings' });
    case 'begin-moves':
      return commit(parts, record, { change: journalOf(record), what: 'moves' });
    case 'warn':
      return warn(parts, record);
    case 'hold':
      return keepHeld(parts, record, next.until);
    case 'turn-stale':
      return commit(parts, record, {
        change: { state: 'stale', voided: voided(parts, record) },
        what: 'stale',
      });
    case 'replan':
      return commit(parts, record, { change: AFRESH, what: 'replan' });
    case 'end': {
      const ending = { problem: next.problem, at: parts.clock.now() };
      return commit(parts, record, {
        change: { state: next.state, ending, trouble: null },
        what: next.state,
        problem: next.problem,
      });
    }
  }
}

/** Warns that it is nearly time; a reversal of which nothing was ever added ends without a word instead. */
async function warn(parts: ConductParts, record: RequestRecord): Promise<RequestRecord | null> {
  const { reverses, parent } = record;
  const added = parent && (await parts.ledger.read(parent.id));
  const isSamePlan = added?.plan?.number === reverses?.plan;
  // An open parent may still have written by the time this is due.
  if (isSamePlan && (added?.ending === null || added?.steps.some(hasTemporary))) {
    const change = { reverses: reverses && { ...reverses, warned: true } };
    return commit(parts, record, { change, what: 'warned' });
  }
  const ending = { problem: UNNEEDED, at: parts.clock.now() };
  return commit(parts, record, {
    change: { state: 'already-so', ending, trouble: null },
    what: 'already-so',
  });
}

/** Whether something of a step may be there that is to go again. */
function hasTemporary({ intent, outcome }: Step): boolean {
  return outcome ? outcome.added.length + outcome.kept.length > 0 : intent !== null;
}

/** A waiting request, or a reversal that is not due, has one held job. When it is missing (never added, lost with an old Redis) the next attempt gets one. */
async function keepHeld(
  parts: ConductParts,
  record: RequestRecord,
  until: number,
): Promise<RequestRecord | null | 'settled'> {
  if (record.attempt > 0) {
    const job = { id: heldJobId(record), request: record.id };
    if ((await parts.queue.look('conduct', job.id)) !== 'missing') return 'settled';
  }
  const next = await commit(parts, record, { change: { attempt: record.attempt + 1 }, what: 'held' });
  if (next) await parts.queue.hold('conduct', { id: heldJobId(next), request: next.id }, until);
  return next;
}

function commit(
  parts: ConductParts,
  record: RequestRecord,
  { change, what, problem }: { change: RecordChange; what: string; problem?: Problem | null },
): Promise<RequestRecord | null> {
  const detail = problem ? { problem: problem.code, summary: problem.summary } : {};
  return parts.ledger.commit(record, change, { what, who: who(parts), at: parts.clock.now(), detail });
}

function voided(parts: ConductParts, record: RequestRecord): RequestRecord['voided'] {
  const sentence =
    firstProblem([...record.steps, ...record.hostSteps])?.summary ?? 'The directory had changed.';
  return [...record.voided, { plan: record.plan?.number ?? 0, sentence, at: parts.clock.now() }];
}

async function reread(parts: ConductParts, record: RequestRecord): Promise<RequestRecord> {
  return (await parts.ledger.read(record.id)) ?? record;
}

/**
 * Asks the bot to bring the thread up to date: at once when people have to act or it is over, else soon, and once for all that happens
 * until then. Failing is no error: the bot sweeps what is unreported.
 */
async function report({ queue, clock }: ConductParts, record: RequestRecord): Promise<void> {
  const { label, id: request } = record;
  const isUrgent = record.ending !== null || record.state === 'waiting' || record.state === 'awaiting-hand';
  const asked = isUrgent
    ? queue.put('reports', jobFor(record, 'report'))
    : queue.hold('reports', { id: `${label}-soon-report`, request }, clock.now() + SOON_MS);
  await asked.catch(() => undefined);
}

function who(parts: ConductParts): string {
  return `conduct/${parts.worker}`;
}

/** The journal of moves before anything is begun; where machines return by themselves each round gets its own when it begins. */
function journalOf(record: RequestRecord): RecordChange {
  const ask = askedMoves(record);
  const rounds = ask?.verb === 'drain' ? newRounds(ask) : [];
  return rounds.length > 0 ? { rounds } : { moves: movesOf(record.plan) };
}
