import type { HostTerm } from './ask';
import type { CommandCursor } from './cursor';
import { refuseLongName, refuseOddCharacter, LONGEST_COMPUTER_NAME } from './host-name';
import { quoteFound, type CommandRefusal } from './problem';
import { textOf, type Glyph } from './typed-text';

/** As many hosts as one request may name; no range can be longer. */
export const MOST_HOSTS = 64;

const EXPECTED = 'a range such as hyper-v0[1-4] or hyper-v[01-12], with the smaller number first';

/** The two numbers between the brackets as typed, and the first character after the opening one. */
interface Numbers {
  readonly from: string;
  readonly to: string;
  readonly position: number;
}

/** Whether a taken name is meant as a range: no host name has a bracket. */
export function looksLikeRange(glyphs: readonly Glyph[]): boolean {
  return glyphs.some(({ char }) => char === '[');
}

/** Reads a name with one bracket in it, `prefix[first-last]suffix`; the width of the first number is the least width of all. */
export function readRange(cursor: CommandCursor, glyphs: readonly Glyph[]): HostTerm {
  const { open, close } = findBrackets(cursor, glyphs);
  const [before, after] = [glyphs.slice(0, open), glyphs.slice(close + 1)];
  for (const part of [before, after]) refuseOutside(cursor, glyphs, part);
  const numbers = readNumbers(cursor, glyphs.slice(open, close + 1));
  const [first, last] = [Number(numbers.from), Number(numbers.to)];
  const count = last - first + 1;
  if (count > MOST_HOSTS) {
    const summary = `The range stands for ${count} hosts; one request names at most ${MOST_HOSTS}.`;
    throw refuseRange(cursor, numbers.position, summary);
  }
  const [prefix, suffix] = [textOf(before).toLowerCase(), textOf(after).toLowerCase()];
  const longest = prefix + numbers.to + suffix;
  if (longest.length > LONGEST_COMPUTER_NAME) {
    throw refuseLongName(cursor, glyphs[0]?.at ?? cursor.position, longest);
  }
  return { kind: 'range', prefix, first, last, digits: numbers.from.length, suffix };
}

function findBrackets(cursor: CommandCursor, glyphs: readonly Glyph[]): { open: number; close: number } {
  const open = glyphs.findIndex(({ char }) => char === '[');
  const close = glyphs.findIndex(({ char }, index) => index > open && char === ']');
  if (close === -1) {
    throw refuseRange(cursor, placeOf(cursor, glyphs[open]), 'The bracket that opens here is not closed.');
  }
  const second = glyphs.find(({ char }, index) => '[]'.includes(char) && index !== open && index !== close);
  if (second === undefined) return { open, close };
  throw refuseRange(cursor, second.at, 'A second bracket stands here; one name has one range.');
}

function refuseOutside(cursor: CommandCursor, name: readonly Glyph[], part: readonly Glyph[]): void {
  const dot = part.find(({ char }) => char === '.');
  refuseOddCharacter(cursor, name, part);
  if (dot === undefined) return;
  const summary = 'A range stands for short names, and a domain follows here.';
  throw refuseRange(cursor, dot.at, summary);
}

function readNumbers(cursor: CommandCursor, bracket: readonly Glyph[]): Numbers {
  const position = placeOf(cursor, bracket[1]);
  // Keyboards that make long dashes of short ones make them here too.
  const typed = bracket.slice(1, -1).map(({ char }) => (cursor.isDash(char) ? '-' : char));
  const [, from = '', to = ''] = /^([0-9]{1,15})-([0-9]{1,15})$/.exec(typed.join('')) ?? [];
  const found = quoteFound(textOf(bracket));
  if (from === '') throw refuseRange(cursor, position, `${found} is not a range of two numbers.`);
  if (Number(from) > Number(to)) throw refuseRange(cursor, position, `The range ${found} runs backwards.`);
  if (from.length === to.length || !(isPadded(from) || isPadded(to))) return { from, to, position };
  // `[01-4]` could mean 01 to 04 or a slip of the finger; nobody should have to guess.
  const summary = `Only one number of the range ${found} has zeros before it, and they differ in width.`;
  throw refuseRange(cursor, position, summary);
}

function isPadded(number: string): boolean {
  return number.length > 1 && number.startsWith('0');
}

function placeOf(cursor: CommandCursor, glyph: Glyph | undefined): number {
  return glyph?.at ?? cursor.position;
}

function refuseRange(cursor: CommandCursor, position: number, summary: string): CommandRefusal {
  return cursor.refuse('command.range', summary, { expected: EXPECTED, position });
}
