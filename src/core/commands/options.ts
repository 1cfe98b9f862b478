import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { quoteFound } from './problem';
import { nameChar, textOf, type Glyph } from './typed-text';

/** The options read so far. */
export interface Options {
  reason?: string;
  ticket?: string;
  plan?: boolean;
  both?: boolean;
}

const LONGEST_REASON = 200;
const LONGEST_TICKET = 40;

interface OptionEntry {
  readonly name: keyof Options;
  readonly usage: string;
}

interface Value {
  readonly position: number;
  readonly glyphs: readonly Glyph[];
}

const OPTIONS: readonly OptionEntry[] = [
  { name: 'reason', usage: '--reason "…"' },
  { name: 'ticket', usage: '--ticket X' },
  { name: 'plan', usage: '--plan' },
  { name: 'both', usage: '--both' },
];

/** Reads one option with its value into `options`; a value may follow after a space or an equals sign. */
export function readOption(cursor: CommandCursor, options: Options): void {
  const position = cursor.position;
  const { name, usage } = readName(cursor);
  if (options[name] !== undefined) {
    const summary = `The option --${name} is given twice.`;
    throw cursor.refuse('command.option', summary, { expected: 'each option once', position });
  }
  if (name === 'plan' || name === 'both') options[name] = readFlag(cursor, usage);
  else if (name === 'reason') options.reason = checkReason(cursor, readValue(cursor, usage));
  else options.ticket = checkTicket(cursor, readValue(cursor, usage));
}

function readName(cursor: CommandCursor): OptionEntry {
  const position = cursor.position;
  const dashes = cursor.optionDashes();
  const marks = textOf(cursor.takeWhile(() => cursor.isDash(cursor.peek())));
  const word = textOf(cursor.takeWhile(() => !cursor.atBreak && cursor.peek() !== '=' && !cursor.atQuote));
  const entry = OPTIONS.find(({ name }) => name === word.toLowerCase());
  if (entry !== undefined && dashes === marks.length) return entry;
  const names = OPTIONS.map(({ name }) => name);
  const nearest = nearestWord(word, names);
  throw cursor.refuse('command.option', `${quoteFound(marks + word)} is not an option.`, {
    position,
    expected: OPTIONS.map(({ usage }) => usage).join(', '),
    nearest: nearest === null ? null : `--${nearest}`,
  });
}

function readFlag(cursor: CommandCursor, usage: string): true {
  if (cursor.peek() !== '=') return true;
  throw cursor.refuse('command.option', `The option ${usage} takes no value.`, {
    expected: `${usage} alone`,
  });
}

function readValue(cursor: CommandCursor, usage: string): Value {
  cursor.skipSpaces();
  if (cursor.peek() === '=') {
    cursor.take(1);
    cursor.skipSpaces();
  }
  const position = cursor.position;
  if (cursor.atEnd || cursor.optionDashes() > 0) {
    throw cursor.refuse('command.option', 'The value of this option is missing.', { expected: usage });
  }
  return { position, glyphs: cursor.atQuote ? cursor.takeQuoted() : cursor.takeWord() };
}

function checkReason(cursor: CommandCursor, { position, glyphs }: Value): string {
  const expected = `1 to ${LONGEST_REASON} characters in quotes`;
  const over = glyphs[LONGEST_REASON];
  if (over !== undefined) {
    const summary = `The reason is ${glyphs.length} characters long, at most ${LONGEST_REASON} fit.`;
    throw cursor.refuse('command.reason', summary, { expected, position: over.at });
  }
  const reason = textOf(glyphs);
  if (reason.trim() !== '') return reason;
  throw cursor.refuse('command.reason', 'The reason is empty.', { expected, position });
}

function checkTicket(cursor: CommandCursor, { position, glyphs }: Value): string {
  const ticket = textOf(glyphs);
  const odd = glyphs.find(({ char }) => !/[A-Za-z0-9._#/-]/.test(char));
  if (odd === undefined && ticket !== '' && ticket.length <= LONGEST_TICKET) return ticket;
  const wrong = odd === undefined ? `is ${ticket.length} characters long` : `has ${nameChar(odd.char)} in it`;
  throw cursor.refuse('command.ticket', `The ticket ${quoteFound(ticket)} ${wrong}.`, {
    position: odd?.at ?? position,
    expected: `1 to ${LONGEST_TICKET} of the characters A–Z a–z 0–9 . _ # / -`,
  });
}
