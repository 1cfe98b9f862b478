import type { CommandCursor } from './cursor';
import { readWords } from './freeze';
import { nearestWord } from './nearest';
import { quoteFound } from './problem';
import { readShortHost } from './short-hosts';
import { textOf } from './typed-text';
import { usageOfVerb } from './verbs';
import type { CordonAsk, UncordonAsk } from './word-ask';

/** What cordons and uncordons are called in other places: `maintenance on|off HOST`. */
export const MAINTENANCE = 'maintenance';

/** Reads `HOST "why"`. */
export function readCordon(cursor: CommandCursor): CordonAsk {
  const host = readHost(cursor, 'cordon');
  return { verb: 'cordon', host, why: readWords(cursor) };
}

/** Reads `HOST ["why"]`. */
export function readUncordon(cursor: CommandCursor): UncordonAsk {
  const host = readHost(cursor, 'uncordon');
  cursor.skipSpaces();
  return { verb: 'uncordon', host, why: cursor.atEnd ? null : readWords(cursor) };
}

/** Reads what follows `maintenance`: `on` is a cordon, `off` ends it. */
export function readMaintenance(cursor: CommandCursor): CordonAsk | UncordonAsk {
  cursor.skipSpaces();
  const { position } = cursor;
  const word = textOf(cursor.takeWord()).toLowerCase();
  if (word === 'on') return readCordon(cursor);
  if (word === 'off') return readUncordon(cursor);
  const summary = word === '' ? 'It is missing what to do.' : `${quoteFound(word)} is neither on nor off.`;
  throw cursor.refuse('command.word', summary, {
    position,
    expected: `on or off, such as ${MAINTENANCE} on hyper-v01 "New memory"`,
    nearest: nearestWord(word, ['on', 'off']),
  });
}

/** A short name: a cordon is of a Hyper-V host, and those are known by it. */
function readHost(cursor: CommandCursor, verb: 'cordon' | 'uncordon'): string {
  cursor.skipSpaces();
  const expected = usageOfVerb(verb);
  if (cursor.atEnd) throw cursor.refuse('command.empty', 'The host is missing.', { expected });
  const onlyOne = 'One host is kept free at a time.';
  const summary = 'A distinguished name says nothing to Hyper-V.';
  const host = readShortHost(cursor, { onlyOne, summary, expected });
  if (!cursor.atBreak) {
    const extra = `${quoteFound(cursor.found())} is more than this command takes.`;
    throw cursor.refuse('command.extra', extra, { expected });
  }
  return host;
}
