import type { HostTerm } from './ask';
import type { CommandCursor } from './cursor';
import { looksLikeName, takeBareName } from './distinguished-name';
import { readName, refuseHost } from './host-name';
import { looksLikeRange, readRange } from './host-range';
import { quoteFound } from './problem';
import { SERVICE_WORDS } from './services';
import { textOf, type Glyph } from './typed-text';

const SIDES = {
  source: 'source host',
  destination: 'destination host',
  mesh: 'host of the mesh',
  only: 'host',
} as const;

/** Where a term stands: on which side (`only`: it is the only one), and whether a comma stands before it. */
export interface TermPlace {
  readonly side: keyof typeof SIDES;
  readonly afterComma: boolean;
}

/**
 * Reads one term: a bare or quoted name, range or distinguished name, the link that Slack makes of a name, or the bare
 * word `all`. Quotation marks make a name of any word.
 */
export function readTerm(cursor: CommandCursor, place: TermPlace): HostTerm {
  const position = cursor.position;
  refuseNothing(cursor, place);
  const isQuoted = cursor.atQuote;
  const taken = trim(isQuoted ? cursor.takeQuoted() : takeBare(cursor, place));
  const glyphs = taken[0]?.char === '<' ? takeLabel(cursor, taken) : taken;
  if (glyphs.length === 0)
    throw refuseHost(cursor, position, `The name of the ${SIDES[place.side]} is empty.`);
  if (!isQuoted) {
    const word = textOf(glyphs).toLowerCase();
    if (word === 'all') return { kind: 'all' };
    refuseService(cursor, place, { word, position });
  }
  if (looksLikeRange(glyphs) && !looksLikeName(glyphs)) return readRange(cursor, glyphs);
  return { kind: 'host', host: readName(cursor, glyphs) };
}

function refuseNothing(cursor: CommandCursor, { side, afterComma }: TermPlace): void {
  const what = afterComma ? `The ${SIDES[side]} after the comma` : `The ${SIDES[side]}`;
  const { position } = cursor;
  const char = cursor.peek();
  if (char === '') throw refuseHost(cursor, position, `${what} is missing.`);
  if (char === ',' || cursor.arrowLength() > 0) {
    throw refuseHost(cursor, position, `${what} is missing here.`);
  }
  if (cursor.isDash(char)) {
    throw refuseHost(cursor, position, `${what} is missing here; options come after all hosts.`);
  }
}

function takeBare(cursor: CommandCursor, { afterComma }: TermPlace): readonly Glyph[] {
  if (cursor.peek() === '<') {
    const inside = cursor.takeWhile(() => cursor.peek() !== '>');
    const link = cursor.atEnd ? inside : [...inside, ...cursor.take(1)];
    // The dot that ends a full name stays outside the link.
    if (cursor.peek() === '.') cursor.take(1);
    return link;
  }
  if (looksLikeName(cursor.text.glyphs, cursor.place)) {
    if (!afterComma) return takeBareName(cursor);
    const summary = 'A distinguished name has commas of its own, so in a list it stands in quotes.';
    throw refuseHost(cursor, cursor.position, summary);
  }
  return cursor.takeWhile(() => !' ",'.includes(cursor.peek()) && cursor.arrowLength() === 0);
}

/** Slack turns `hyper-v01.example.com` into `<http://hyper-v01.example.com|hyper-v01.example.com>`: only the label was typed. */
function takeLabel(cursor: CommandCursor, link: readonly Glyph[]): readonly Glyph[] {
  const bar = link.findIndex(({ char }) => char === '|');
  const target = textOf(link.slice(1, bar));
  const isWeb = target.startsWith('http://') || target.startsWith('https://');
  if (bar > 0 && isWeb && link.at(-1)?.char === '>') return link.slice(bar + 1, -1);
  throw refuseHost(cursor, link[0]?.at ?? cursor.position, `${quoteFound(textOf(link))} is not a host name.`);
}

/**
 * `a -> b, cifs` would name a second host, and then every service of the first would be meant: a change beyond what
 * its writer had in mind.
 */
function refuseService(
  cursor: CommandCursor,
  { side, afterComma }: TermPlace,
  { word, position }: { word: string; position: number },
): void {
  if (!afterComma || side === 'source' || !SERVICE_WORDS.includes(word)) return;
  throw cursor.refuse('command.host', `After a comma a host follows, and ${quoteFound(word)} is a service.`, {
    expected: 'services after the hosts and a space, without a comma; a host of that name in quotes',
    position,
  });
}

function trim(glyphs: readonly Glyph[]): readonly Glyph[] {
  const first = glyphs.findIndex(({ char }) => char !== ' ');
  return first === -1 ? [] : glyphs.slice(first, glyphs.findLastIndex(({ char }) => char !== ' ') + 1);
}
