import type { HostTerm } from './ask';
import type { CommandCursor } from './cursor';
import { readTerm, type TermPlace } from './host-term';
import { namesOf, termText } from './host-terms';
import { quoteFound, type CommandRefusal } from './problem';

/** A term and where it begins in the text as typed. */
export interface PlacedTerm {
  readonly term: HostTerm;
  readonly position: number;
}

/**
 * Reads hosts with commas between them. Spaces may follow a comma; a space before one ends the list, because services
 * follow the destinations after a space and have commas too.
 */
export function readHostList(cursor: CommandCursor, side: TermPlace['side']): readonly PlacedTerm[] {
  const terms: PlacedTerm[] = [];
  const known = new Set<string>();
  do {
    if (terms.length > 0) cursor.take(1);
    cursor.skipSpaces();
    const { position } = cursor;
    const placed = { term: readTerm(cursor, { side, afterComma: terms.length > 0 }), position };
    for (const key of keysOf(placed.term)) {
      if (known.has(key)) throw refuseDouble(cursor, placed, key);
      known.add(key);
    }
    terms.push(placed);
  } while (cursor.peek() === ',');
  return terms;
}

/** What tells hosts apart by name: letter case does not count, and `all` has a key that no host can have. */
export function keysOf(term: HostTerm): readonly string[] {
  return term.kind === 'all' ? ['*'] : namesOf([term]).names.map(({ text }) => text.toLowerCase());
}

function refuseDouble(cursor: CommandCursor, { term, position }: PlacedTerm, key: string): CommandRefusal {
  const name = quoteFound(term.kind === 'range' ? key : termText(term));
  const summary = `The list holds ${name} a second time here.`;
  return cursor.refuse('command.double', summary, { expected: 'each host once in a list', position });
}
