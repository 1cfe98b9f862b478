import { askedMoves } from '../core/moves/asked-moves';
import { presentRound } from '../core/moves/rounds';
import { refuseRequester } from '../core/policy/rules';
import type { Policy } from '../core/policy/schema';
import { touchesAsked } from '../core/policy/touches';
import type { Clock, Ledger, RecordChange, Signer } from '../core/ports';
import type { Problem } from '../core/problem';
import { refuseMoveWord, unheardWord, wordsSaid, type MoveWord } from '../core/request/move-word';
import { isShownPaused } from '../core/request/pause';
import type { RequestRecord } from '../core/request/record';
import { isSamePerson, type Instruction, type Person } from '../core/request/statement';
import type { Settings } from '../core/settings';
import { entry, refusal, sign, type Answered } from './statements';

interface Parts {
  readonly ledger: Ledger;
  readonly signer: Signer;
  readonly clock: Clock;
}

/** Ends a request that nothing was done for, at the word of who asked. 'again': somebody else's transition came first. */
export async function sayWithdraw(
  parts: Parts,
  record: RequestRecord,
  by: Person,
): Promise<Answered | 'again'> {
  if (!isSamePerson(record.intake.statement.by, by)) {
    return refusal(record, {
      code: 'withdraw.not-requester',
      summary: 'Only the person who asked may withdraw.',
      remedy: 'Deny it instead, if you may.',
    });
  }
  if (record.ending) return ended(record);
  if (record.state === 'running' || record.state === 'awaiting-hand' || record.reverses) {
    return refusal(record, {
      code: 'request.decided',
      summary: 'It is being carried out already.',
      remedy: 'Press Stop, or wait for its result.',
    });
  }
  const now = parts.clock.now();
  const change = { state: 'withdrawn', ending: { problem: null, at: now } } as const;
  return say(parts, record, { what: 'withdraw', by, now, change });
}

/** Lets no further step of a request begin; the one in flight is finished. Anybody may say so: it only keeps things from happening. */
export async function sayStop(parts: Parts, record: RequestRecord, by: Person): Promise<Answered | 'again'> {
  if (record.ending) return ended(record);
  const isUnderWay = ['approved', 'running', 'awaiting-hand'].includes(record.state);
  if (!isUnderWay || record.reverses) {
    return refusal(record, {
      code: 'stop.not-running',
      summary: 'Nothing of it is being carried out.',
      remedy: 'To end a request that waits: Deny or Withdraw.',
    });
  }
  const isSaid = record.instructions.some(({ statement }) => statement.what === 'stop');
  if (isSaid) return { kind: 'recorded', record };
  return say(parts, record, { what: 'stop', by, now: parts.clock.now(), change: {} });
}

/** Lets no further step begin until somebody resumes it. Anybody may say so: it only keeps things from happening. */
export async function sayPause(parts: Parts, record: RequestRecord, by: Person): Promise<Answered | 'again'> {
  if (record.ending) return ended(record);
  if (!['approved', 'running'].includes(record.state)) return refusal(record, notRunning('pause'));
  if (isShownPaused(record)) return { kind: 'recorded', record };
  return say(parts, record, { what: 'pause', by, now: parts.clock.now(), change: {} });
}

/** Lets a paused request go on, within the times of its approval. Signed: it lets things happen. */
export async function sayResume(
  parts: Parts,
  record: RequestRecord,
  by: Person,
): Promise<Answered | 'again'> {
  if (record.ending) return ended(record);
  if (!isShownPaused(record)) return refusal(record, notRunning('resume'));
  const pausedAt = Math.max(...record.instructions.map(({ statement }) => statement.at));
  // Later than every pause, whatever clocks say.
  const now = Math.max(parts.clock.now(), pausedAt + 1);
  return say(parts, record, { what: 'resume', by, now, change: {} });
}

/** Has failed machines tried once more, or what is left planned anew, within the approval. Signed: it lets things happen. */
export async function sayMoveWord(
  parts: Parts & { readonly settings: Pick<Settings, 'policy' | 'times'> },
  record: RequestRecord,
  { what, by }: { what: MoveWord; by: Person },
): Promise<Answered | 'again'> {
  if (record.ending) return ended(record);
  // Each word is another one, whatever clocks say.
  const last = Math.max(0, ...record.instructions.map(({ statement }) => statement.at));
  const now = Math.max(parts.clock.now(), last + 1);
  const before = wordsSaid(record, what).length;
  const problem = refuseMoveWord(record, { what, by, at: now }, { rules: parts.settings, before });
  if (problem) return refusal(record, problem);
  if (unheardWord(record)) return { kind: 'recorded', record };
  return say(parts, record, { what, by, now, change: {} });
}

/**
 * That hosts are back which were opened for service: their machines return. Of the round that the person saw, since by now people may work on the
 * next host. Workers judge whether this person may say so.
 */
export async function sayHostBack(
  parts: Parts,
  record: RequestRecord,
  { by, policy, round }: { by: Person; policy: Policy; round: number },
): Promise<Answered | 'again'> {
  if (record.ending) return ended(record);
  const ask = askedMoves(record);
  const present = presentRound(record);
  if (!ask || present?.leg !== 'service') return refusal(record, notOpened());
  if (record.rounds.indexOf(present) !== round) return refusal(record, notThatHost(present.hosts));
  const refused = refuseRequester(policy, touchesAsked(ask), by);
  if (refused) return refusal(record, refused);
  // Later than it was seen empty, whatever clocks say: else nobody would hear it.
  const now = Math.max(parts.clock.now(), (present.emptiedAt ?? 0) + 1);
  return say(parts, record, { what: 'host-back', round, by, now, change: {} });
}

function notThatHost(hosts: readonly string[]): Problem {
  return {
    code: 'round.another',
    summary: `That card is behind: what waits to be back now is ${hosts.join(', ')}. Nothing was changed.`,
    remedy: 'If that is back, press the button on the newest card.',
  };
}

function notOpened(): Problem {
  return {
    code: 'round.not-opened',
    summary: 'No host of it waits to be back.',
    remedy: 'Look at the card: it says which host is emptied, open or filled again.',
  };
}

function notRunning(what: 'pause' | 'resume'): Problem {
  return what === 'pause'
    ? {
        code: 'pause.not-running',
        summary: 'Nothing of it is being carried out.',
        remedy: 'There is nothing to pause.',
      }
    : { code: 'resume.not-paused', summary: 'It is not paused.', remedy: '' };
}

async function say(
  { ledger, signer }: Parts,
  record: RequestRecord,
  {
    now,
    change,
    ...word
  }: Pick<Instruction, 'what' | 'round' | 'by'> & { now: number; change: RecordChange },
): Promise<Answered | 'again'> {
  const { what, by } = word;
  const said = sign(signer, { kind: 'instruction' as const, intake: record.id, ...word, at: now });
  const instructions = [...record.instructions, said];
  const named = what === 'withdraw' ? 'withdrawn' : what;
  const committed = await ledger.commit(
    record,
    { ...change, instructions },
    entry(named, by, { at: now, detail: {} }),
  );
  return committed ? { kind: 'recorded', record: committed } : 'again';
}

function ended(record: RequestRecord): Answered {
  return refusal(record, {
    code: 'request.ended',
    summary: `${record.label} is over: ${record.state}.`,
    remedy: '',
  });
}
