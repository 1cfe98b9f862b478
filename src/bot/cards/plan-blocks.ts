import type { KnownBlock } from '@slack/types';
import type { DirectoryChange, Plan, Verdict } from '../../core/delegation/plan';
import { isAmong } from '../../core/delegation/values';
import { section } from './message';
import { code, inert } from './text';

/** How many kept values are listed before they become a number. */
const KEPT_SHOWN = 5;

/** The exact change, object by object: what stays, what is added. */
export function changeBlocks(plan: Plan): KnownBlock[] {
  return plan.directory.changes.map((change) => section(changeLines(change).join('\n')));
}

/** What the guards warn about. */
export function warningBlocks(plan: Plan): KnownBlock[] {
  return plan.verdicts
    .filter((verdict) => verdict.verdict === 'warn')
    .map((verdict) => section(`⚠ *Warning:* ${adviceOf(verdict)}`));
}

/** Why a plan was refused: every refusing guard with its remedy. */
export function refusalBlocks(plan: Plan): KnownBlock[] {
  return plan.verdicts
    .filter((verdict) => verdict.verdict === 'refuse')
    .slice(0, 12)
    .map((verdict) => section(`• ${adviceOf(verdict)}`));
}

function adviceOf({ sentence, remedy }: Verdict): string {
  return remedy === '' ? inert(sentence) : `${inert(sentence)}\n   _To do:_ ${inert(remedy)}`;
}

function changeLines(change: DirectoryChange): string[] {
  const kept = change.after.filter((value) => !isAmong(change.add, value));
  const keptLines =
    kept.length > KEPT_SHOWN
      ? [`= ${kept.length} other values stay`]
      : kept.map((value) => `= ${code(value)}`);
  // What is added comes first: a long list that Slack cuts must not lose what is approved.
  return [
    `${code(change.attribute)} on *${inert(change.name.toUpperCase())}*`,
    ...change.add.map((value) => `+ ${code(value)}`),
    ...keptLines,
  ];
}
