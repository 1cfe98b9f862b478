import type { HostName } from '../commands/ask';
import { nearestWord } from '../commands/nearest';
import { foldCase } from '../delegation/values';

/** A name that somebody typed, and the computers of the domain that answer to it exactly, by their short names. */
interface TypedName {
  readonly asked: HostName;
  readonly found: readonly string[];
}

/** A worker's answer about names: those of the computers within the search bases, and what the typed ones mean. */
export interface NamesAnswer {
  readonly names: readonly string[];
  readonly typed: readonly TypedName[];
}

/** What Check Names says of a typed name. */
export type CheckedName =
  | { readonly kind: 'found'; readonly typed: string; readonly name: string }
  | { readonly kind: 'ambiguous'; readonly typed: string; readonly names: readonly string[] }
  | { readonly kind: 'missing'; readonly typed: string; readonly nearest: string | null };

/** Slack shows at most so many options. */
const MOST_OPTIONS = 100;

/** Those of the names that hold the text, first those that begin with it; letter case does not count. */
export function matchNames(names: readonly string[], text: string): readonly string[] {
  const wanted = foldCase(text.trim());
  const holding = names.filter((name) => foldCase(name).includes(wanted));
  const begins = (name: string): boolean => foldCase(name).startsWith(wanted);
  return [...holding.filter(begins), ...holding.filter((name) => !begins(name))].slice(0, MOST_OPTIONS);
}

/**
 * As the button of that name in Windows does: an exact name is found, else the only name that begins so; several are
 * ambiguous. `sees` says which names the person may be told; the others are treated as if they did not exist.
 */
export function checkNames(
  { names, typed }: NamesAnswer,
  sees: (name: string) => boolean,
): readonly CheckedName[] {
  const visible = names.filter(sees);
  return typed.map(({ asked, found }) => {
    const exact = [...new Set(found.filter(sees))];
    const begins =
      asked.kind === 'dn' ? [] : visible.filter((name) => foldCase(name).startsWith(foldCase(asked.text)));
    const [only, ...others] = exact.length > 0 ? exact : begins;
    if (only === undefined)
      return { kind: 'missing', typed: asked.text, nearest: nearestWord(asked.text, visible) };
    if (others.length > 0) return { kind: 'ambiguous', typed: asked.text, names: [only, ...others] };
    return { kind: 'found', typed: asked.text, name: only };
  });
}
