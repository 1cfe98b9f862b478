import type { HostName } from './ask';
import type { CommandCursor } from './cursor';
import { checkName, looksLikeName, takeBareName } from './distinguished-name';
import { quoteFound, type CommandRefusal } from './problem';
import { nameChar, textOf, type Glyph } from './typed-text';

const EXPECTED =
  'a host name such as hyper-v01 or hyper-v01.example.com, or a distinguished name “CN=…,DC=…”';
const LONGEST_COMPUTER_NAME = 15;
const LONGEST_LABEL = 63;
const LONGEST_DOMAIN_NAME = 253;

/** Why a character has no place in a host name; others get the general reason. */
const CHARACTER_REASONS: Readonly<Record<string, string>> = {
  $: 'write the name of the computer, without the $ of its account',
  '*': 'patterns are not understood, name one host',
  _: 'a host name cannot have an underscore',
  '\\': 'write the name without the domain before it',
  ',': 'one host stands on each side',
};

/** Reads one host: a bare or quoted name, a bare or quoted distinguished name, or the link that Slack makes of a name. */
export function readHost(cursor: CommandCursor, side: 'source' | 'destination'): HostName {
  cursor.skipSpaces();
  const position = cursor.position;
  if (cursor.atEnd) throw refuseHost(cursor, position, `The ${side} host is missing.`);
  if (cursor.arrowLength() > 0) throw refuseHost(cursor, position, `The ${side} host is missing here.`);
  if (cursor.isDash(cursor.peek())) {
    throw refuseHost(cursor, position, `The ${side} host is missing here; options come after both.`);
  }
  const taken = trim(cursor.atQuote ? cursor.takeQuoted() : takeBareHost(cursor));
  const glyphs = taken[0]?.char === '<' ? takeLabel(cursor, taken) : taken;
  if (glyphs.length === 0) throw refuseHost(cursor, position, `The name of the ${side} host is empty.`);
  return looksLikeName(glyphs) ? distinguishedName(cursor, glyphs) : dottedName(cursor, glyphs);
}

function takeBareHost(cursor: CommandCursor): readonly Glyph[] {
  if (cursor.peek() === '<') {
    const inside = cursor.takeWhile(() => cursor.peek() !== '>');
    const link = cursor.atEnd ? inside : [...inside, ...cursor.take(1)];
    // The dot that ends a full name stays outside the link.
    if (cursor.peek() === '.') cursor.take(1);
    return link;
  }
  if (looksLikeName(cursor.text.glyphs.slice(cursor.place))) return takeBareName(cursor);
  // The comma stays in the word: “a,b” is one wrong name, and its place is worth pointing at.
  return cursor.takeWhile(() => !cursor.atBreak && cursor.peek() !== '"' && cursor.arrowLength() === 0);
}

/** Slack turns `hyper-v01.example.com` into `<http://hyper-v01.example.com|hyper-v01.example.com>`: only the label was typed. */
function takeLabel(cursor: CommandCursor, link: readonly Glyph[]): readonly Glyph[] {
  const bar = link.findIndex(({ char }) => char === '|');
  const target = textOf(link.slice(1, bar));
  const isWeb = target.startsWith('http://') || target.startsWith('https://');
  if (bar > 0 && isWeb && link.at(-1)?.char === '>') return link.slice(bar + 1, -1);
  throw refuseHost(cursor, link[0]?.at ?? cursor.position, `${quoteFound(textOf(link))} is not a host name.`);
}

function distinguishedName(cursor: CommandCursor, glyphs: readonly Glyph[]): HostName {
  const fault = checkName(glyphs);
  if (fault === null) return { kind: 'dn', text: textOf(glyphs) };
  const place = glyphs[fault.index] ?? glyphs.at(-1);
  throw refuseHost(cursor, place?.at ?? cursor.position, fault.summary);
}

function dottedName(cursor: CommandCursor, typed: readonly Glyph[]): HostName {
  const glyphs = typed.length > 1 && typed.at(-1)?.char === '.' ? typed.slice(0, -1) : typed;
  const name = quoteFound(textOf(glyphs));
  const start = glyphs[0]?.at ?? cursor.position;
  const odd = glyphs.find(({ char }) => !/[A-Za-z0-9.-]/.test(char));
  if (odd !== undefined)
    throw refuseHost(cursor, odd.at, `The name ${name} has ${characterReason(odd.char)}.`);
  const text = textOf(glyphs).toLowerCase();
  const labels = text.split('.');
  const [computer = ''] = labels;
  if (computer.length > LONGEST_COMPUTER_NAME) {
    const length = `${computer.length} characters long; a computer name has at most ${LONGEST_COMPUTER_NAME}`;
    throw refuseHost(cursor, start, `The host name ${quoteFound(computer)} is ${length}.`);
  }
  if (labels.includes('')) throw refuseHost(cursor, start, `The name ${name} has nothing between two dots.`);
  if (text.length > LONGEST_DOMAIN_NAME || labels.some((label) => label.length > LONGEST_LABEL)) {
    throw refuseHost(cursor, start, `The host name ${name} is longer than DNS allows.`);
  }
  if (labels.length === 4 && labels.every((label) => Number.isInteger(Number(label)))) {
    throw refuseHost(cursor, start, `${name} is an address; Kerberos works with names.`);
  }
  return { kind: labels.length === 1 ? 'short' : 'fqdn', text };
}

function characterReason(char: string): string {
  if (char > '~')
    return `${nameChar(char)} in it, which may look like an ASCII letter, digit or hyphen but is none`;
  return `“${char}” in it: ${CHARACTER_REASONS[char] ?? 'only letters, digits, hyphens and dots are allowed'}`;
}

function trim(glyphs: readonly Glyph[]): readonly Glyph[] {
  const first = glyphs.findIndex(({ char }) => char !== ' ');
  return first === -1 ? [] : glyphs.slice(first, glyphs.findLastIndex(({ char }) => char !== ' ') + 1);
}

function refuseHost(cursor: CommandCursor, position: number, summary: string): CommandRefusal {
  return cursor.refuse('command.host', summary, { expected: EXPECTED, position });
}
