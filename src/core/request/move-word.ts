import { digest } from '../canonical';
import { askedMoves } from '../moves/asked-moves';
import type { MoveStep } from '../moves/move-step';
import { refuseRequester } from '../policy/rules';
import { touchesAsked, touchesOf } from '../policy/touches';
import type { Problem } from '../problem';
import type { Settings } from '../settings';
import { paceOf } from './next';
import type { RequestRecord } from './record';
import type { ChoiceWord, Instruction, Person, Signed } from './statement';
import { movesClosedAt } from './window';

/** What a person may have done with moves under way, within their approval: failed ones tried once more, or what is left planned anew. */
export type MoveWord = 'retry-failed' | 'replan';

/** So often each of them may be said within one approval. */
export const MOST_WORDS = 3;

/** Names an instruction: by all that it says, since a signature can be spelled in several ways. */
export function wordOf({ statement }: { readonly statement: Instruction | ChoiceWord }): string {
  return digest(statement);
}

/** Whether an instruction is one about moves under way. */
function isMoveWord(statement: { readonly what: string }): boolean {
  return statement.what === 'retry-failed' || statement.what === 'replan';
}

/** The first word that nobody has made anything of yet; null: there is none. */
export function unheardWord({
  instructions,
  heard,
}: Pick<RequestRecord, 'instructions' | 'heard'>): Signed<Instruction> | null {
  const known = new Set(heard.map(({ word }) => word));
  const isNew = (each: RequestRecord['instructions'][number]): each is Signed<Instruction> =>
    isMoveWord(each.statement) && !known.has(wordOf(each));
  return instructions.find(isNew) ?? null;
}

/** The words of a kind that were said since the present plan was approved. */
export function wordsSaid(record: RequestRecord, what: MoveWord): readonly Signed<Instruction>[] {
  const since = approvedAt(record);
  const isSaid = (each: RequestRecord['instructions'][number]): each is Signed<Instruction> =>
    each.statement.what === what && each.statement.at >= since;
  return record.instructions.filter(isSaid);
}

/** When the present plan got its last approval; Infinity where it has none. */
export function approvedAt({ decisions, plan }: Pick<RequestRecord, 'decisions' | 'plan'>): number {
  const own = decisions.filter(({ statement }) => statement.plan === plan?.number);
  return own.length === 0 ? Infinity : Math.max(...own.map(({ statement }) => statement.at));
}

/**
 * Why such a word is of no use, or not this person's to say; null: it may be followed. `before`: how often the same was said already. Bot and effector
 * ask the same, each by its own policy.
 */
export function refuseMoveWord(
  record: RequestRecord,
  { what, by, at }: { readonly what: MoveWord; readonly by: Person; readonly at: number },
  { rules, before }: { readonly rules: Pick<Settings, 'policy' | 'times'>; readonly before: number },
): Problem | null {
  const { state, moves, plan } = record;
  const ask = askedMoves(record);
  if (state !== 'running' || moves.length === 0 || !ask || !plan) return NOT_MOVING;
  if (movesClosedAt(record, at, paceOf(rules)) !== null) return CLOSED;
  if (what === 'replan' && ask.verb !== 'drain') return NOT_A_DRAIN;
  const stranger = refuseRequester(rules.policy, [...touchesAsked(ask), ...touchesOf(plan)], by);
  if (stranger) return stranger;
  if (before >= MOST_WORDS) return TOO_OFTEN;
  if (what === 'retry-failed') return moves.some(hasFailed) ? null : NONE_FAILED;
  return moves.some(isLeft) ? null : NOTHING_LEFT;
}

/** Whether a machine is where it was, and its move is over. */
export function hasFailed({ outcome }: Pick<MoveStep, 'outcome'>): boolean {
  return outcome?.kind === 'failed';
}

/** Whether nothing of a move has been begun. */
export function isLeft({
  intent,
  readied,
  outcome,
}: Pick<MoveStep, 'intent' | 'readied' | 'outcome'>): boolean {
  return !intent && !readied && !outcome;
}

const NOT_MOVING: Problem = {
  code: 'moves.not-running',
  summary: 'No machine of it is being moved now.',
  remedy: 'When it is over, its card asks again for what is missing.',
};

const CLOSED: Problem = {
  code: 'moves.closed',
  summary: 'Nothing of it begins any more: it was stopped, or the time of its approval is over.',
  remedy: 'When it is over, its card asks again for what is missing.',
};

const NOT_A_DRAIN: Problem = {
  code: 'replan.not-a-drain',
  summary: 'Only what empties hosts can be planned anew on its way.',
  remedy: 'Stop it, then ask again.',
};

const TOO_OFTEN: Problem = {
  code: 'moves.too-often',
  summary: `That was said ${MOST_WORDS} times within this approval, which is as often as it may be.`,
  remedy: 'When it is over, its card asks again for what is missing.',
};

const NONE_FAILED: Problem = {
  code: 'retry.none-failed',
  summary: 'No machine of it has failed.',
  remedy: 'Look at the card: what has not begun yet begins by itself.',
};

const NOTHING_LEFT: Problem = {
  code: 'replan.nothing-left',
  summary: 'Every machine of it is moved or on its way: nothing is left to be planned.',
  remedy: '',
};
