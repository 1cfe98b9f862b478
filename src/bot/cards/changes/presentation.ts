import type { DirectoryChange, ListChange, TrustChange } from '../../../core/delegation/plan';
import { paged } from '../message';
import { counted } from '../text';
import { exactLines, isSpelledWhole, KEPT_FORM, shortLines } from './change-lines';
import { productChanges } from './product-changes';
import { legendOf } from './product-lines';
import { SHORT_FORM } from './short-values';
import { isAnyProtocolAlone, sharedTrustLines, trustLine } from './trust-lines';

/** Longer than this together, exact changes are written in a shorter form; none leaves anything away. */
const EXACT_LENGTH = 3_000;
/** More blocks than this would leave too few for the rest of a card. */
const EXACT_CHANGES = 20;
/** What the changes of one card may take. */
const CHANGES_LENGTH = 6_000;
/** What one block takes: `plain` cuts longer ones. */
const BLOCK_LENGTH = 2_000;

/** How the head of the changes begins. */
export type ChangeWord = 'Change' | 'Changed' | 'Planned';
const LONGEST_WORD = 'Planned';

/** The changes as a card shows them: one text for each block, some of them to be begun with the word. */
interface Presentation {
  readonly texts: readonly { readonly followsWord: boolean; readonly text: string }[];
  readonly length: number;
}

type Changes = readonly DirectoryChange[];

const known = new WeakMap<Changes, Presentation | 'too long'>();

/** One text for each block; null when no form shows all of it. */
export function changeTexts(changes: Changes, word: ChangeWord): readonly string[] | null {
  const presentation = presentationOf(changes);
  return presentation === 'too long'
    ? null
    : presentation.texts.map(({ followsWord, text }) => (followsWord ? `${word}${text}` : text));
}

/** How many characters of a card the changes take; null when no form shows all of them. */
export function lengthOf(changes: Changes): number | null {
  const presentation = presentationOf(changes);
  return presentation === 'too long' ? null : presentation.length;
}

/** Whether so much has to be said, with so many characters beside the changes, that everything else on a card has to be short. */
export function areCrowded(changes: Changes, beside = 0): boolean {
  const length = lengthOf(changes);
  return length === null || length + beside > EXACT_LENGTH;
}

/**
 * The plainest form that shows a plan to its last value: exact lines, else the product form, else the short form. Changes are
 * never changed, so the answer is remembered: it is asked for several times for one card.
 */
function presentationOf(changes: Changes): Presentation | 'too long' {
  const presentation = known.get(changes) ?? present(changes);
  known.set(changes, presentation);
  return presentation;
}

function present(changes: Changes): Presentation | 'too long' {
  const isTold = listsIn(changes).every(isSpelledWhole) && trustsIn(changes).every(isAnyProtocolAlone);
  if (!isTold) return 'too long';
  const exact = changes.length <= EXACT_CHANGES ? exactly(changes) : null;
  if (exact && exact.length <= EXACT_LENGTH && isUncut(exact)) return exact;
  const grouped = inLines(changes, productChanges) ?? inLines(changes, shortChanges);
  // A line that no block takes would be cut.
  return grouped && grouped.length <= CHANGES_LENGTH && isUncut(grouped) ? grouped : 'too long';
}

function exactly(changes: Changes): Presentation {
  const ordered = [...changes.filter(isWorkers), ...changes.filter(isByHand)];
  return presented(
    ordered.map((change) => {
      const lines = change.attribute === 'userAccountControl' ? [trustLine(change)] : exactLines(change);
      return { followsWord: true, text: `${isByHand(change) ? ', by a person' : ''}: ${lines.join('\n')}` };
    }),
  );
}

function shortChanges(lists: readonly ListChange[]): readonly string[] {
  return lists.flatMap((change) => shortLines(change));
}

/** The head, then what the worker does, then what a person does. */
function inLines(
  changes: Changes,
  linesOf: (lists: readonly ListChange[]) => readonly string[] | null,
): Presentation | null {
  const [workers, byHand] = [changes.filter(isWorkers), changes.filter(isByHand)];
  const [own, others] = [linesOf(listsIn(workers)), linesOf(listsIn(byHand))];
  if (!own || !others) return null;
  const ownLines = [...own, ...sharedTrustLines(trustsIn(workers))];
  const otherLines = [...others, ...sharedTrustLines(trustsIn(byHand))];
  const texts = [...paged(ownLines), ...paged(otherLines.length > 0 ? ['By a person:', ...otherLines] : [])];
  return presented([
    { followsWord: true, text: headOf(changes, legendOf([...ownLines, ...otherLines])) },
    ...texts.map((text) => ({ followsWord: false, text })),
  ]);
}

function headOf(changes: Changes, legend: string): string {
  const lists = listsIn(changes);
  const objects = new Set(changes.map(({ guid }) => guid)).size;
  const values = lists.reduce(
    (sum, { add, remove, keep }) => sum + add.length + remove.length + keep.length,
    0,
  );
  return [
    `: ${counted(objects, 'object')}${values > 0 ? `, ${counted(values, 'value')} in all` : ''}.`,
    ...(lists.length > 0 ? [SHORT_FORM] : []),
    ...(legend === '' ? [] : [legend]),
    ...(lists.some(({ keep }) => keep.length > 0) ? [KEPT_FORM] : []),
  ].join(' ');
}

function presented(texts: Presentation['texts']): Presentation {
  const length = texts.reduce(
    (sum, { followsWord, text }) => sum + text.length + (followsWord ? LONGEST_WORD.length : 0),
    0,
  );
  return { texts, length };
}

function isUncut({ texts }: Presentation): boolean {
  return texts.every(({ text }) => text.length + LONGEST_WORD.length <= BLOCK_LENGTH);
}

function listsIn(changes: Changes): readonly ListChange[] {
  return changes.filter((change) => change.attribute === 'msDS-AllowedToDelegateTo');
}

function trustsIn(changes: Changes): readonly TrustChange[] {
  return changes.filter((change) => change.attribute === 'userAccountControl');
}

function isByHand({ by }: DirectoryChange): boolean {
  return by === 'hand';
}

function isWorkers(change: DirectoryChange): boolean {
  return !isByHand(change);
}
