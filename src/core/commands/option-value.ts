import type { DelegateAsk } from './ask';
import type { CommandCursor } from './cursor';
import { belongsToDuration, DURATION_EXPECTED, readDuration } from './duration';
import { belongsToMoment, MOMENT_EXPECTED, printMoment, readMoment, type Moment } from './moment';
import { nearestWord } from './nearest';
import { quoteFound } from './problem';
import { nameChar, textOf, type Glyph } from './typed-text';

const LONGEST_REASON = 200;
const LONGEST_TICKET = 40;
const PROTOCOLS = ['any', 'kerberos'] as const;

/** What was typed as the value of an option, without quotation marks, and where it begins. */
export interface Value {
  readonly position: number;
  readonly glyphs: readonly Glyph[];
}

/** Takes the value of the option `usage`; it may follow after a space or an equals sign. */
export function takeValue(cursor: CommandCursor, usage: string): Value {
  cursor.skipSpaces();
  if (cursor.peek() === '=') {
    cursor.take(1);
    cursor.skipSpaces();
  }
  if (cursor.atEnd || cursor.optionDashes() > 0) {
    throw cursor.refuse('command.option', 'The value of this option is missing.', { expected: usage });
  }
  return takeWordOrQuoted(cursor);
}

/** Takes what stands here: a text in quotes, or up to the next space. */
export function takeWordOrQuoted(cursor: CommandCursor): Value {
  const { position } = cursor;
  return { position, glyphs: cursor.atQuote ? cursor.takeQuoted() : cursor.takeWord() };
}

/** A reason: 1 to 200 characters, not all of them spaces. */
export function checkReason(cursor: CommandCursor, { position, glyphs }: Value): string {
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

/** A ticket: 1 to 40 characters of those that ticket systems use. */
export function checkTicket(cursor: CommandCursor, { position, glyphs }: Value): string {
  const ticket = textOf(glyphs);
  const odd = glyphs.find(({ char }) => !/[A-Za-z0-9._#/-]/.test(char));
  if (odd === undefined && ticket !== '' && ticket.length <= LONGEST_TICKET) return ticket;
  const wrong = odd === undefined ? `is ${ticket.length} characters long` : `has ${nameChar(odd.char)} in it`;
  throw cursor.refuse('command.ticket', `The ticket ${quoteFound(ticket)} ${wrong}.`, {
    position: odd?.at ?? position,
    expected: `1 to ${LONGEST_TICKET} of the characters A–Z a–z 0–9 . _ # / -`,
  });
}

/** A trust mode as the Delegation tab offers them: any authentication protocol, or Kerberos only. */
export function checkProtocol(
  cursor: CommandCursor,
  { position, glyphs }: Value,
): NonNullable<DelegateAsk['protocol']> {
  const word = textOf(glyphs);
  const protocol = PROTOCOLS.find((name) => name === word.toLowerCase());
  if (protocol !== undefined) return protocol;
  throw cursor.refuse('command.protocol', `${quoteFound(word)} is not a protocol to choose here.`, {
    position,
    expected: 'any or kerberos',
    nearest: nearestWord(word, PROTOCOLS),
  });
}

/**
 * A duration in milliseconds. What goes on after a space, as in `8 h` or `1h 30m`, is refused as a whole, because a part of
 * it would be another time.
 */
export function checkDuration(cursor: CommandCursor, { position, glyphs }: Value): number {
  const words = [textOf(glyphs)];
  if (/^[0-9]/.test(words.join())) words.push(...takeFurther(cursor, belongsToDuration));
  const reading = readDuration(words.join(' '));
  if (reading.ok) return reading.ms;
  const { summary, nearest } = reading;
  throw cursor.refuse('command.duration', summary, { position, expected: DURATION_EXPECTED, nearest });
}

/** A moment. What goes on after a space without quotes, as in `Sat 02:00`, is refused as a whole, with the quotes to put. */
export function checkMoment(cursor: CommandCursor, { position, glyphs }: Value): Moment {
  const words = [textOf(glyphs), ...takeFurther(cursor, belongsToMoment)];
  const text = words.join(' ');
  const reading = readMoment(text);
  if (reading.ok && words.length === 1) return reading.moment;
  const { summary, nearest } = reading.ok
    ? { summary: `${quoteFound(text)} has a space in it.`, nearest: `"${printMoment(reading.moment)}"` }
    : reading;
  throw cursor.refuse('command.moment', summary, { position, expected: MOMENT_EXPECTED, nearest });
}

function takeFurther(cursor: CommandCursor, belongs: (word: string) => boolean): string[] {
  const { place } = cursor;
  if (cursor.peek() !== ' ') return [];
  cursor.skipSpaces();
  const word = textOf(cursor.takeWord());
  if (belongs(word)) return [word, ...takeFurther(cursor, belongs)];
  cursor.place = place;
  return [];
}
