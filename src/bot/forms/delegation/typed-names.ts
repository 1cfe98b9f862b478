import type { HostName, HostTerm } from '../../../core/commands/ask';
import { namesOf } from '../../../core/commands/host-terms';
import { parseCommand } from '../../../core/commands/parse';
import { understand } from '../../../core/commands/understood';
import type { CheckedName } from '../../../core/survey/names';
import { clip } from '../../cards/text';

/** One thing that was typed among the names: a term, or why it is none. */
export type TypedTerm =
  | { readonly text: string; readonly term: HostTerm }
  | { readonly text: string; readonly term: null; readonly why: string };

/** The longest that a field of names may be: no command holds more. */
const LONGEST = 300;

/** Reads names with semicolons (as in Windows), commas or spaces between them; a distinguished name has commas and spaces of its own. */
export function readTyped(typed: string): readonly TypedTerm[] {
  const separator = /[="]/.test(typed) ? /[;\n]/ : /[;,\s]/;
  const words = typed.slice(0, LONGEST).split(separator);
  return words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(termOf);
}

function termOf(text: string): TypedTerm {
  const { sources, services } = understand('/delegate', quoted(text));
  const [term] = sources;
  if (term && sources.length === 1 && services === null) return { text, term };
  const parsed = parseCommand('/delegate', `${text} -> x`);
  return {
    text,
    term: null,
    why: parsed.ok ? `“${clip(text, 40)}” is no name of a host.` : parsed.problem.summary,
  };
}

/** Words of the grammar are names here, but `all` stands for every host. */
function quoted(text: string): string {
  return /^(mesh|to|cifs|smb|migration|lm)$/i.test(text) || /^CN=/i.test(text) ? `"${text}"` : text;
}

/** The names to be checked: ranges are written out, `all` needs no check. */
export function namesToCheck(typed: readonly TypedTerm[]): readonly HostName[] {
  return namesOf(typed.flatMap(({ term }) => (term ? [term] : []))).names;
}

/** What stays typed when these names were found: whatever is not found as a whole. */
export function leftOver(typed: readonly TypedTerm[], found: ReadonlySet<string>): readonly string[] {
  return typed.flatMap((each) => {
    const names = namesToCheck([each]);
    const isFound = names.length > 0 && names.every(({ text }) => found.has(text));
    return isFound ? [] : [each.text];
  });
}

/** What Check Names has to say, a line for each; with a sign and a word each. */
export function checkedLines(
  checked: readonly CheckedName[],
  typed: readonly TypedTerm[],
): readonly string[] {
  const wrong = typed.flatMap((each) => (each.term === null ? [`✖ ${each.why}`] : []));
  const all = typed.some(({ term }) => term?.kind === 'all')
    ? ['✔ all: every Hyper-V host within the search bases']
    : [];
  return [...checked.map(lineOf), ...all, ...wrong];
}

function lineOf(checked: CheckedName): string {
  const { typed } = checked;
  switch (checked.kind) {
    case 'found':
      return checked.name === typed.toLowerCase()
        ? `✔ ${typed}: found`
        : `✔ ${typed}: found, ${checked.name}`;
    case 'ambiguous':
      return `? ${typed}: ambiguous, it may be ${clip(checked.names.join(', '), 300)}`;
    case 'missing':
      return `✖ ${typed}: not found${checked.nearest === null ? '' : `; did you mean ${checked.nearest}?`}`;
  }
}
