import type { KnownBlock } from '@slack/types';
import type { DirectoryPart, Verdict } from '../../core/delegation/plan';
import { exactLines, isSpelledWhole, SHORT_FORM, shortLines } from './change-lines';
import { plain } from './message';
import { counted } from './text';

const MOST_WARNINGS = 3;
const MOST_REFUSALS = 25;

/** Together the texts of a message's blocks must stay well under 11,000 characters; refusals may use this much of it. */
const REFUSALS_LENGTH = 7_500;

/** Longer than this together, exact changes are written in the short form; it leaves nothing away. */
const EXACT_LENGTH = 3_000;
/** What the changes of one card may take: a mesh of sixteen hosts with names as long as they may be needs 5,900. */
const CHANGES_LENGTH = 6_000;
/** What one block takes: `plain` cuts longer ones. */
const BLOCK_LENGTH = 2_000;

/** The change of each object: what is added or removed, what stays. Plain text, so that every character is shown. */
export function changeBlocks(
  part: Pick<DirectoryPart, 'changes'>,
  word: 'Change' | 'Changed' | 'Planned',
): readonly KnownBlock[] {
  const exact = part.changes.map((change) => `${word}: ${exactLines(change).join('\n')}`);
  if (isShort(exact) && isShownWhole(part)) return exact.map((text) => plain(text));
  const head = plain(`${word} of ${counted(part.changes.length, 'object')}. ${SHORT_FORM}`);
  if (isShownWhole(part)) {
    return [head, ...pages(part.changes.flatMap((change) => shortLines(change))).map((text) => plain(text))];
  }
  return [
    head,
    plain('⚠ This is more than one message can show, so it cannot be approved. Ask for less at once.'),
  ];
}

/** Whether `changeBlocks` shows all of it. Nobody may approve what is not shown. */
export function isShownWhole({ changes }: Pick<DirectoryPart, 'changes'>): boolean {
  const lines = changes.flatMap((change) => shortLines(change));
  return changes.every(isSpelledWhole) && lines.join('\n').length <= CHANGES_LENGTH;
}

/** Whether the exact lines may be shown as they are. */
function isShort(texts: readonly string[]): boolean {
  return texts.join('').length <= EXACT_LENGTH && texts.every((text) => text.length <= BLOCK_LENGTH);
}

/** As many lines in a block as it takes. */
function pages(lines: readonly string[]): readonly string[] {
  const full: string[] = [];
  for (const line of lines) {
    const last = full.at(-1);
    if (last !== undefined && last.length + line.length < BLOCK_LENGTH)
      full[full.length - 1] = `${last}\n${line}`;
    else full.push(line);
  }
  return full;
}

/** Whether so much is said about the changes that everything else on the card has to be short. */
export function isCrowded({ changes }: Pick<DirectoryPart, 'changes'>): boolean {
  return changes.flatMap((change) => shortLines(change)).join('\n').length > EXACT_LENGTH;
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
