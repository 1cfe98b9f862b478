import type { CommandCursor } from './cursor';
import { quoteFound } from './problem';

const EXPECTED = 'an arrow (->, =>, → or “to”; <->, <=> or ↔ for both ways) and the destination host';

/** Reads the arrow after the source `after`; answers whether it has a head at both ends. */
export function readArrow(cursor: CommandCursor, after: string): boolean {
  cursor.skipSpaces();
  const found = cursor.found();
  const length = found.toLowerCase() === 'to' ? 2 : cursor.arrowLength();
  if (length > 0) {
    const [first] = cursor.take(length);
    return first?.char === '<' || first?.char === '↔';
  }
  if (found.startsWith(',')) {
    const expected = 'a comma right after its host, then the next host';
    throw cursor.refuse('command.arrow', 'A space stands before this comma.', { expected });
  }
  const what = cursor.atEnd ? 'the text ends' : `${quoteFound(found)} stands here`;
  const summary = `An arrow should follow the source host ${quoteFound(after)}, but ${what}.`;
  throw cursor.refuse('command.arrow', summary, { expected: EXPECTED });
}

/** Refuses an arrow where none may follow any more. */
export function refuseArrow(cursor: CommandCursor, isMesh: boolean): void {
  if (cursor.arrowLength() === 0) return;
  if (!isMesh) {
    const expected = 'one arrow per request, with a list of hosts on each side';
    throw cursor.refuse('command.arrow', 'A second arrow stands here.', { expected });
  }
  throw cursor.refuse('command.arrow', 'A mesh has no arrow: it goes from every host to every other.', {
    expected: 'one list of hosts after “mesh”; a host of that name stands in quotes',
  });
}
