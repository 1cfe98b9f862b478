import type { KnownBlock } from '@slack/types';
import type { DirectoryChange, DirectoryPart, Verdict } from '../../core/delegation/plan';
import { isAmong } from '../../core/delegation/values';
import { plain } from './message';
import { clip, counted } from './text';

/** More kept values than this become a number. */
const KEPT_SHOWN = 5;
/** The longest that a plan adds: a service class of 42 characters, a slash and a DNS name of 253. */
const LONGEST_VALUE = 300;
const MOST_WARNINGS = 3;
const MOST_REFUSALS = 25;

/** Together the texts of a message's blocks must stay well under 11,000 characters; refusals may use this much of it. */
const REFUSALS_LENGTH = 7_500;

/** The exact change of each object: what stays, what is added. Plain text, so that every character is shown. */
export function changeBlocks(
  { changes }: DirectoryPart,
  word: 'Change' | 'Changed' | 'Planned',
): readonly KnownBlock[] {
  return changes.map((change) => plain(`${word}: ${changeLines(change).join('\n')}`));
}

/** What the guards warn about, each with what to do. */
export function warningBlocks(verdicts: readonly Verdict[]): readonly KnownBlock[] {
  const warnings = verdicts.filter(({ verdict }) => verdict === 'warn');
  return shown(warnings, MOST_WARNINGS).map((each) => plain(`⚠ Warning: ${adviceOf(each)}`, 700));
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

function changeLines(change: DirectoryChange): readonly string[] {
  const kept = change.after.filter((value) => !isAmong(change.add, value));
  const keptLines =
    kept.length > KEPT_SHOWN
      ? [`=  ${counted(kept.length, 'other value')} stay`]
      : kept.map((value) => `=  ${clip(value, 100)}`);
  // What is added comes first: a long text that has to be cut must not lose what is approved.
  return [
    `${change.attribute} of ${clip(change.name, 60)} (${clip(change.dn, 300)})`,
    ...change.add.map((value) => `+  ${clip(value, LONGEST_VALUE)}`),
    ...keptLines,
  ];
}

function adviceOf({ sentence, remedy }: Verdict): string {
  return remedy === '' ? sentence : `${sentence}\nTo do: ${remedy}`;
}

/** No guard list is that long; a record that was edited may be. */
function shown(verdicts: readonly Verdict[], most: number): readonly Verdict[] {
  return verdicts.slice(0, most);
}
