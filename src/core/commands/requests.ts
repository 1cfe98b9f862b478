import type { AuditAsk, ExtendAsk, RequestsAsk, ShowAsk, UndoAsk } from './ask';
import type { CommandCursor } from './cursor';
import { DURATION_EXPECTED } from './duration';
import { nearestWord } from './nearest';
import { checkDuration, takeWordOrQuoted } from './option-value';
import { SAYING_OPTIONS, sayingOf, type Options } from './options';
import { quoteFound } from './problem';
import { readLabel } from './request-label';
import { readRest, type RestForm } from './rest';
import { textOf } from './typed-text';

const WHICH = ['mine', 'waiting', 'running', 'review'] as const;

const UNDO: RestForm = { verb: 'undo', names: SAYING_OPTIONS };
const EXTEND: RestForm = {
  verb: 'extend',
  names: ['for'],
  readWord: readTime,
  whyNot: {
    reason: 'An extension has the reason of its request, so --reason has no place here.',
    ticket: 'An extension has the ticket of its request, so --ticket has no place here.',
  },
  expected: 'one duration, such as 8h',
};

/** Reads the label after `show`. */
export function readShow(cursor: CommandCursor): ShowAsk {
  return { verb: 'show', request: readLabel(cursor) };
}

/** Reads the label after `audit`. */
export function readAudit(cursor: CommandCursor): AuditAsk {
  return { verb: 'audit', request: readLabel(cursor) };
}

/** Reads the label and the options after `undo`. */
export function readUndo(cursor: CommandCursor): UndoAsk {
  return { verb: 'undo', request: readLabel(cursor), ...sayingOf(readRest(cursor, UNDO)) };
}

/** Reads the label and the duration after `extend`; `--for` may stand before the duration. */
export function readExtend(cursor: CommandCursor): ExtendAsk {
  const request = readLabel(cursor);
  const forMs = readRest(cursor, EXTEND).for;
  if (forMs !== undefined) return { verb: 'extend', request, forMs };
  throw cursor.refuse('command.empty', 'The duration is missing.', { expected: DURATION_EXPECTED });
}

function readTime(cursor: CommandCursor, options: Options): boolean {
  if (options.for !== undefined) return false;
  options.for = checkDuration(cursor, takeWordOrQuoted(cursor));
  return true;
}

/** Reads which requests are to be listed; without a word, all open ones. */
export function readRequests(cursor: CommandCursor): RequestsAsk {
  cursor.skipSpaces();
  if (cursor.atEnd) return { verb: 'requests', which: null };
  const { position } = cursor;
  const word = textOf(cursor.takeWord());
  const which = WHICH.find((name) => name === word.toLowerCase());
  if (which !== undefined) return { verb: 'requests', which };
  throw cursor.refuse('command.which', `${quoteFound(word)} is no choice of requests.`, {
    position,
    expected: 'mine, waiting, running, review, or nothing for all open requests',
    nearest: nearestWord(word, WHICH),
  });
}
