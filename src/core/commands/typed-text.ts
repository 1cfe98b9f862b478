/** The most characters a command may have, counted as a person sees them (`&gt;` is one). */
export const LONGEST_COMMAND = 300;

/** One character (code point) after normalising, and where it begins in the text as typed. */
export interface Glyph {
  readonly char: string;
  readonly at: number;
}

/** A command's characters; `cut` if there were more than LONGEST_COMMAND, `end` is the index where reading stopped. */
export interface TypedText {
  readonly glyphs: readonly Glyph[];
  readonly end: number;
  readonly cut: boolean;
}

// What Slack escapes in the text that it hands over; each is undone once, so `&amp;lt;` is the typed `&lt;`.
const ENTITIES = [
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
] as const;

const DOUBLE_QUOTES = '\u201C\u201D\u201E\u201F';
const SINGLE_QUOTES = '\u2018\u2019\u201A\u201B';
const JOINERS = '\u200C\u200D';

/**
 * Reads at most LONGEST_COMMAND characters: entities are undone once, curly quotes become straight, every Unicode space
 * becomes a plain one; nothing else changes.
 */
export function readTypedText(text: string): TypedText {
  const glyphs: Glyph[] = [];
  let at = 0;
  while (at < text.length && glyphs.length < LONGEST_COMMAND) {
    const [typed, char] = charAt(text, at);
    glyphs.push({ char, at });
    at += typed;
  }
  return { glyphs, end: at, cut: at < text.length };
}

/** The length as typed and the normalised form of the character at `at`. */
function charAt(text: string, at: number): [number, string] {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (char === '&') {
    const entity = ENTITIES.find(([escaped]) => text.startsWith(escaped, at));
    return entity === undefined ? [1, char] : [entity[0].length, entity[1]];
  }
  if (DOUBLE_QUOTES.includes(char)) return [1, '"'];
  if (SINGLE_QUOTES.includes(char)) return [1, "'"];
  return [char.length, /\p{Zs}/u.test(char) ? ' ' : char];
}

/**
 * Whether a character has no place in a command: controls, line breaks, invisible and text-turning format characters
 * (they would make a card read differently from what is signed), lone surrogates (they do not survive UTF-8) and
 * private use. The two joiners stay, as some scripts cannot be written without them.
 */
export function isForbidden(char: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(char) && !JOINERS.includes(char);
}

/** The glyphs as one text. */
export function textOf(glyphs: readonly Glyph[]): string {
  return glyphs.map(({ char }) => char).join('');
}

/** Names a character so that a look-alike or an invisible one can be told: `“а” (U+0430)`. */
export function nameChar(char: string): string {
  const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return isForbidden(char) ? code : `“${char}” (${code})`;
}
