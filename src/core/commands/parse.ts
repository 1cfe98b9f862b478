import type { Ask, HelpAsk } from './ask';
import { readDelegate, readUndelegate } from './change';
import { readChoose } from './choose';
import { MAINTENANCE, readCordon, readMaintenance, readUncordon } from './cordon';
import { CommandCursor } from './cursor';
import { readDrain, readRebalance, readReturn } from './drain';
import { readFreeze } from './freeze';
import { readHosts, readWhy } from './hosts';
import { readDelegations } from './lists';
import { readMigrate } from './migrate';
import { nearestWord } from './nearest';
import { readOnboard, readRetire } from './one-host';
import { readPrepare } from './prepare';
import { printAsk } from './print';
import { CommandRefusal, drawProblem, quoteFound, type CommandProblem } from './problem';
import { readAudit, readExtend, readRequests, readShow, readUndo } from './requests';
import { isForbidden, LONGEST_COMMAND, nameChar, readTypedText, textOf } from './typed-text';
import { findVerb, ownerOf, VERBS, type CommandEntry, type VerbEntry } from './verbs';

export type { CommandProblem } from './problem';

/** Either what the command asks for, or the first thing in it that was not understood. */
export type ParsedCommand =
  | { readonly ok: true; readonly ask: Ask }
  | { readonly ok: false; readonly problem: CommandProblem };

/** Who reads what follows each verb. */
const READERS: { readonly [Verb in Ask['verb']]: (cursor: CommandCursor) => Extract<Ask, { verb: Verb }> } = {
  delegate: readDelegate,
  undelegate: readUndelegate,
  onboard: readOnboard,
  retire: readRetire,
  prepare: readPrepare,
  migrate: readMigrate,
  drain: readDrain,
  return: readReturn,
  rebalance: readRebalance,
  delegations: readDelegations,
  hosts: readHosts,
  why: readWhy,
  findings: () => ({ verb: 'findings' }),
  requests: readRequests,
  show: readShow,
  audit: readAudit,
  undo: readUndo,
  extend: readExtend,
  choose: readChoose,
  cordon: readCordon,
  uncordon: readUncordon,
  freeze: readFreeze('freeze'),
  unfreeze: readFreeze('unfreeze'),
  help: readHelp,
};

/**
 * Reads a command as Slack hands it over: without the slash command itself, or (for a mention) with or without the
 * `<@…>` before it. Never throws; takes time linear in the length, and does not look beyond LONGEST_COMMAND characters.
 */
export function parseCommand(entry: CommandEntry, text: string): ParsedCommand {
  const typed = readTypedText(text);
  try {
    return { ok: true, ask: readCommand(entry, new CommandCursor(typed)) };
  } catch (error) {
    if (error instanceof CommandRefusal) return { ok: false, problem: drawProblem(typed, error.draft) };
    throw error;
  }
}

/** The grammar behind `parseCommand`; throws CommandRefusal. */
export function readCommand(entry: CommandEntry, cursor: CommandCursor): Ask {
  refuseText(cursor);
  if (entry === 'mention') skipMention(cursor);
  const own = ownerOf(entry);
  const ask = own === null ? readVerb(cursor) : readOwn(cursor, own);
  cursor.skipSpaces();
  if (!cursor.atEnd) {
    const summary = `${quoteFound(cursor.found())} is more than this command takes.`;
    throw cursor.refuse('command.extra', summary, { expected: 'the end of the command' });
  }
  // The canonical text is kept and parsed again, so it has to fit too: it may be longer, as it spells everything out.
  if (readTypedText(printAsk(ask)).cut) throw tooLong(cursor, 'Written out in full, the command');
  return ask;
}

function refuseText(cursor: CommandCursor): void {
  const { glyphs, cut, end } = cursor.text;
  const odd = glyphs.find(({ char }) => isForbidden(char));
  if (odd !== undefined) {
    const summary = `The character ${nameChar(odd.char)} is a control or cannot be seen; such characters are refused.`;
    throw cursor.refuse('command.character', summary, {
      position: odd.at,
      expected: 'visible characters and spaces, on one line',
    });
  }
  if (cut) throw tooLong(cursor, 'The command', end);
}

function tooLong(cursor: CommandCursor, what: string, position = cursor.position): CommandRefusal {
  const expected = `at most ${LONGEST_COMMAND} characters`;
  return cursor.refuse('command.long', `${what} is longer than ${LONGEST_COMMAND} characters.`, {
    expected,
    position,
  });
}

function skipMention(cursor: CommandCursor): void {
  cursor.skipSpaces();
  if (cursor.peek() !== '<' || cursor.peek(1) !== '@') return;
  cursor.takeWhile(() => cursor.peek() !== '>');
  if (!cursor.atEnd) cursor.take(1);
}

/** A verb's own slash command; `/delegate help` asks for its help, as Slack's users expect of every command. */
function readOwn(cursor: CommandCursor, own: VerbEntry): Ask {
  cursor.skipSpaces();
  const start = cursor.place;
  const word = textOf(cursor.takeWord()).toLowerCase();
  cursor.skipSpaces();
  if (cursor.atEnd && (word === 'help' || word === '--help')) return { verb: 'help', about: own.verb };
  cursor.place = start;
  return READERS[own.verb](cursor);
}

function readVerb(cursor: CommandCursor): Ask {
  cursor.skipSpaces();
  if (cursor.atEnd) return { verb: 'help', about: null };
  const start = cursor.place;
  if (textOf(cursor.takeWord()).toLowerCase() === MAINTENANCE) return readMaintenance(cursor);
  cursor.place = start;
  return READERS[takeVerb(cursor).verb](cursor);
}

function takeVerb(cursor: CommandCursor): VerbEntry {
  const position = cursor.position;
  const word = textOf(cursor.takeWord());
  const entry = findVerb(word);
  if (entry !== null) return entry;
  const verbs = VERBS.map(({ verb }) => verb);
  throw cursor.refuse('command.verb', `${quoteFound(word)} is not a command.`, {
    position,
    expected: verbs.join(', '),
    nearest: nearestWord(word, verbs),
  });
}

function readHelp(cursor: CommandCursor): HelpAsk {
  cursor.skipSpaces();
  return { verb: 'help', about: cursor.atEnd ? null : takeVerb(cursor).verb };
}
