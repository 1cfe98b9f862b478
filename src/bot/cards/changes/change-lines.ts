import type { ListChange } from '../../../core/delegation/plan';
import { foldCase } from '../../../core/delegation/values';
import { clip, counted, visible } from '../text';
import { areSpelledWhole, spelled, valueLines } from './short-values';

/** More staying values than this become a number. */
const STAYING_SHOWN = 5;

/** What the sign ≡ means. */
export const KEPT_FORM =
  '≡ was there for a time only; with this it stays for good, or for the time that is said below.';

/** What a list change does to values, each with the sign of its lines. */
export const SIGNS = [
  { sign: '+', of: 'add' },
  { sign: '−', of: 'remove' },
  { sign: '≡', of: 'keep' },
] as const;

/** One object's change, each value on a line of its own. */
export function exactLines(change: ListChange): readonly string[] {
  // What changes comes first: a long text that has to be cut must not lose what is approved.
  return [
    `${change.attribute} of ${objectText(change)}`,
    ...SIGNS.flatMap(({ sign, of }) => change[of].map((value) => `${sign}  ${spelled(value)}`)),
    ...(change.keep.length > 0 ? [`(${KEPT_FORM})`] : []),
    ...stayingLines(change),
  ];
}

/**
 * The same, with the four, or two, values of a host in few words, as `SHORT_FORM` explains; a value that does not follow
 * that rule to the letter is written out. Nothing is left away: the values can be told from the lines.
 */
export function shortLines(change: ListChange): readonly string[] {
  const count = stayingIn(change).length;
  return [
    objectText(change),
    ...SIGNS.flatMap(({ sign, of }) => valueLines(change[of]).map((line) => `${sign}  ${line}`)),
    ...(count > 0 ? [`=  ${stayingText(count)}`] : []),
  ];
}

/** `3 other values stay`. */
export function stayingText(count: number): string {
  return `${counted(count, 'other value')} ${count === 1 ? 'stays' : 'stay'}`;
}

/** The values that the change does not touch. */
export function stayingIn({ before, remove, keep }: ListChange): readonly string[] {
  const touched = new Set([...remove, ...keep].map(foldCase));
  return before.filter((value) => !touched.has(foldCase(value)));
}

/** Whether every value of a change is shown to its end. */
export function isSpelledWhole({ add, remove, keep }: Pick<ListChange, 'add' | 'remove' | 'keep'>): boolean {
  return areSpelledWhole([...add, ...remove, ...keep]);
}

/** An object by name and distinguished name. */
export function objectText({ name, dn }: { readonly name: string; readonly dn: string }): string {
  return `${clip(visible(name), 60)} (${clip(visible(dn), 300)})`;
}

function stayingLines(change: ListChange): readonly string[] {
  const staying = stayingIn(change);
  return staying.length > STAYING_SHOWN
    ? [`=  ${stayingText(staying.length)}`]
    : staying.map((value) => `=  ${clip(visible(value), 100)}`);
}
