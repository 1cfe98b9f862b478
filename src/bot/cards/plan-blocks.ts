import type { KnownBlock } from '@slack/types';
import type { DirectoryPart, Plan, Verdict } from '../../core/delegation/plan';
import { summaryTexts } from '../plan-pages/summary';
import { areCrowded, changeTexts, lengthOf, type ChangeWord } from './changes/presentation';
import { folded, plain } from './message';
import { movePlanLines } from './moves/plan-lines';
import { areMovesShown, moveSummary, movesLength } from './moves/plan-summary';

const MOST_WARNINGS = 3;
const MOST_REFUSALS = 25;

/** Together the texts of a message's blocks must stay well under 11,000 characters; refusals may use this much of it. */
const REFUSALS_LENGTH = 7_500;

/** The change of each object: what is added or removed, what stays; a summary if that is too much. Plain text, so that every character is shown. */
export function changeBlocks(
  { changes, destinations }: Pick<DirectoryPart, 'changes' | 'destinations'>,
  word: ChangeWord,
): readonly KnownBlock[] {
  const shown = changeTexts(changes, word) ?? summaryTexts({ changes, destinations }, word);
  const isByHand = word === 'Change' && changes.some(({ by }) => by === 'hand');
  return [...shown.map((text) => plain(text)), ...(isByHand ? [plain(byHandText(changes))] : [])];
}

/** The moves of a plan, machine by machine; a summary if that is too much. Empty where nothing moves. */
export function moveBlocks(plan: PlanParts, word: ChangeWord, isOver = false): readonly KnownBlock[] {
  const isShown = areMovesShown(plan, lengthOf(plan.directory.changes));
  const lines = isShown ? movePlanLines(plan, word, isOver) : moveSummary(plan, word);
  return folded(lines.join('\n')).map((text) => plain(text));
}

/** What of a plan its approvers have to read. */
export type PlanParts = Pick<Plan, 'directory' | 'hosts' | 'forecast'>;

/** Whether a card shows all of a plan. Nobody may approve what is not shown, there or on pages (`plan-pages`). */
export function isShownWhole(plan: PlanParts): boolean {
  const length = lengthOf(plan.directory.changes);
  return length !== null && (plan.hosts.envelope === null || areMovesShown(plan, length));
}

/** Whether so much is said about a plan that everything else on the card has to be short. */
export function isCrowded(plan: PlanParts): boolean {
  const moves = plan.hosts.envelope === null ? 0 : movesLength(plan);
  return areCrowded(plan.directory.changes, moves);
}

function byHandText(changes: DirectoryPart['changes']): string {
  const what = changes.every(({ by }) => by === 'hand')
    ? 'A person carries this out'
    : 'A person carries out what is marked “by a person”';
  return `✋ ${what}; Handover looks and tells.`;
}

/** What the guards warn about, each with what to do, in so many characters. */
export function warningBlocks(verdicts: readonly Verdict[], length: number): readonly KnownBlock[] {
  const warnings = verdicts.filter(({ verdict }) => verdict === 'warn');
  return shown(warnings, MOST_WARNINGS).map((each) => plain(`⚠ Warning: ${adviceOf(each)}`, length));
}

/** Every guard that refuses, each with what to do. */
export function refusalBlocks(verdicts: readonly Verdict[]): readonly KnownBlock[] {
  const refusals = shown(
    verdicts.filter(({ verdict }) => verdict === 'refuse'),
    MOST_REFUSALS,
  );
  const length = Math.floor(REFUSALS_LENGTH / Math.max(1, refusals.length));
  return refusals.map((each) => plain(`⛔ ${adviceOf(each)}`, Math.min(1_500, length)));
}

function adviceOf({ sentence, remedy }: Verdict): string {
  return remedy === '' ? sentence : `${sentence}\nTo do: ${remedy}`;
}

/** No guard list is that long; a record that was edited may be. */
function shown(verdicts: readonly Verdict[], most: number): readonly Verdict[] {
  return verdicts.slice(0, most);
}
