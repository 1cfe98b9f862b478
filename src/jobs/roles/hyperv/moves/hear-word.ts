import type { DrainAsk } from '../../../../core/commands/ask';
import { owesStart, type MoveStep } from '../../../../core/moves/move-step';
import { newMove } from '../../../../core/moves/new-moves';
import type { Problem } from '../../../../core/problem';
import { isAuthentic } from '../../../../core/request/authentic';
import {
  approvedAt,
  hasFailed,
  refuseMoveWord,
  wordOf,
  wordsSaid,
  type MoveWord,
} from '../../../../core/request/move-word';
import type { RequestRecord } from '../../../../core/request/record';
import type { Instruction, Signed } from '../../../../core/request/statement';
import { MAX_SKEW_MS, othersTask, readIntake } from '../../../../core/request/warrant';
import { commit, court, type HostEffectorParts } from '../parts';
import { planAnew } from './replan';
import { triedKey } from './waiting';

/**
 * Follows a person's word on moves under way, once, or says why not. What may then begin is judged again before each move, as ever. Null:
 * somebody else was first.
 */
export async function hearWord(
  parts: HostEffectorParts,
  record: RequestRecord,
  said: Signed<Instruction>,
): Promise<RequestRecord | null> {
  const problem = refuseWord(parts, record, said);
  if (problem) return note(parts, record, { said, problem, machines: [] });
  if (said.statement.what === 'retry-failed') return retry(parts, record, said);
  const read = readIntake(record, court(parts));
  return 'ask' in read && read.ask.verb === 'drain'
    ? replan(parts, record, { said, ask: read.ask })
    : note(parts, record, { said, problem: othersTask(), machines: [] });
}

/** By this worker's own keys, clock and policy; `wrote` knows what it has followed itself, whatever the record says of that. */
function refuseWord(
  parts: HostEffectorParts,
  record: RequestRecord,
  said: Signed<Instruction>,
): Problem | null {
  const { statement } = said;
  const { by, at } = statement;
  const now = parts.clock.now();
  if (!isOurs(parts, record, said)) return FORGED;
  const isTimely = at >= approvedAt(record) && at <= now + MAX_SKEW_MS;
  if (!isTimely || parts.wrote.has(followedKey(record, said))) return OLD;
  const read = readIntake(record, court(parts));
  if ('problem' in read) return read.problem;
  // SAFETY: `unheardWord` gives no other.
  const what = statement.what as MoveWord;
  const before = wordsSaid(record, what).filter(
    (each) => each.statement.at < at && isOurs(parts, record, each),
  );
  return refuseMoveWord(record, { what, by, at: now }, { rules: parts.rules, before: before.length });
}

function isOurs({ verifier }: HostEffectorParts, { id }: RequestRecord, said: Signed<Instruction>): boolean {
  return said.statement.intake === id && isAuthentic(verifier, said);
}

/** As they were before their first try: each is looked at anew, and asked about, before it begins. */
function retry(
  parts: HostEffectorParts,
  record: RequestRecord,
  said: Signed<Instruction>,
): Promise<RequestRecord | null> {
  // One that was stopped for its move is started again first.
  const isAgain = (step: MoveStep): boolean => hasFailed(step) && !owesStart(step);
  const failed = record.moves.filter(isAgain);
  for (const step of failed) parts.tried.delete(triedKey(record.id, step));
  const moves = record.moves.map((step) => (isAgain(step) ? newMove(step) : step));
  const machines = failed.map(({ name }) => name);
  return note(parts, record, { said, problem: null, machines, change: { moves, remaining: null } });
}

async function replan(
  parts: HostEffectorParts,
  record: RequestRecord,
  { said, ask }: { said: Signed<Instruction>; ask: DrainAsk },
): Promise<RequestRecord | null> {
  const anew = await planAnew(parts, record, ask);
  if (!anew) return note(parts, record, { said, problem: othersTask(), machines: [] });
  const machines = anew.changed.map(({ name, to }) => `${name} → ${to}`);
  return note(parts, record, { said, problem: null, machines, change: { moves: anew.moves } });
}

async function note(
  parts: HostEffectorParts,
  record: RequestRecord,
  {
    said,
    problem,
    machines,
    change = {},
  }: {
    said: Signed<Instruction>;
    problem: Problem | null;
    machines: readonly string[];
    change?: Partial<Pick<RequestRecord, 'moves' | 'remaining'>>;
  },
): Promise<RequestRecord | null> {
  const { what } = said.statement;
  const heard = [...record.heard, { word: wordOf(said), at: parts.clock.now(), problem, machines }];
  const noted = await commit(parts, record, {
    change: { ...change, heard, ...(problem === null && { trouble: null }) },
    what: problem ? `${what}.not-followed` : `${what}.followed`,
    detail: { machines: [...machines], why: problem?.code ?? null },
  });
  if (noted && !problem) parts.wrote.add(followedKey(record, said));
  return noted;
}

function followedKey({ id }: RequestRecord, said: Signed<Instruction>): string {
  return `${id} ${wordOf(said)}`;
}

const FORGED: Problem = {
  code: 'instruction.forged',
  summary: 'It does not carry the bot’s signature, or is about another request.',
  remedy: 'Somebody may have written to Redis: look at the audit.',
};

const OLD: Problem = {
  code: 'instruction.old',
  summary: 'It was followed before, or not said within the time of this approval.',
  remedy: 'Look at the audit; press the button again if it is still wanted.',
};
