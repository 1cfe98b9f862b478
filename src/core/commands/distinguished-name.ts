import type { CommandCursor } from './cursor';
import { nameChar, type Glyph } from './typed-text';

/** Whether the text from `from` on begins like a distinguished name, `CN=…`; `a=>b` does not. */
export function looksLikeName(glyphs: readonly Glyph[], from = 0): boolean {
  let equals = from;
  while (isAttributeChar(glyphs[equals]?.char ?? '')) equals += 1;
  return equals > from && glyphs[equals]?.char === '=' && glyphs[equals + 1]?.char !== '>';
}

/**
 * Takes a distinguished name without quotes. Spaces and commas belong to it; it ends at an arrow, a quotation mark,
 * or a space within a `DC=` part: every name in Active Directory ends with those, and they hold no spaces.
 */
export function takeBareName(cursor: CommandCursor): readonly Glyph[] {
  let part = cursor.place;
  let inDomain = false;
  let escaped = false;
  return cursor.takeWhile(() => {
    const char = cursor.peek();
    if (escaped || char === '\\') {
      escaped = !escaped;
      return true;
    }
    if (char === '"' || cursor.arrowLength() > 0) return false;
    if (char === ' ' && cursor.place > part) return !inDomain;
    if (char === ' ') part += 1;
    if (char === '=' && cursor.place === part + 2) inDomain = /^dc$/i.test(cursor.peek(-2) + cursor.peek(-1));
    if (char === ',') part = cursor.place + 1;
    return true;
  });
}

/** What is wrong with a distinguished name, and at which of its characters. */
export interface NameFault {
  readonly index: number;
  readonly summary: string;
}

/**
 * Checks the form of RFC 4514 §3, narrowed to what can name a host in Active Directory: it begins with `CN=`, ends with
 * `DC=` parts only, its first part is ASCII (the directory ignores width and accents when it compares, so a look-alike would find
 * the real host), and no escaped control character is in it. Spaces after commas are tolerated.
 */
export function checkName(glyphs: readonly Glyph[]): NameFault | null {
  const chars = glyphs.map(({ char }) => char);
  let start = 0;
  let type = '';
  let afterDomain = false;
  while (start <= chars.length) {
    while (chars[start] === ' ') start += 1;
    let equals = start;
    while (isAttributeChar(chars[equals] ?? '')) equals += 1;
    type = chars.slice(start, equals).join('').toLowerCase();
    if (type === '' || chars[equals] !== '=') return fault(start, 'has no attribute such as “OU=” here');
    const leaf = start === 0;
    if (afterDomain && type !== 'dc') {
      return fault(
        start,
        'goes on after its domain, as if a second one began (in a list, each stands in quotes)',
      );
    }
    afterDomain = type === 'dc';
    if (leaf && type !== 'cn') return fault(0, 'does not begin with “CN=”, as the name of a computer does');
    const value = checkValue(chars, equals + 1, leaf);
    if (typeof value !== 'number') return value;
    start = value + 1;
  }
  return type === 'dc' ? null : fault(chars.length - 1, 'does not end with its domain, “DC=…”');
}

/** Reads one value; answers where it ends (a comma, a plus sign or the end) or what is wrong with it. */
function checkValue(chars: readonly string[], from: number, leaf: boolean): number | NameFault {
  let index = from;
  while (index < chars.length && chars[index] !== ',' && chars[index] !== '+') {
    const char = chars[index] ?? '';
    const length = char === '\\' ? escapeLength(chars, index) : 1;
    if (length === 0) return fault(index, 'has a backslash that escapes nothing');
    const escaped = length === 3;
    const code = escaped
      ? parseInt(chars.slice(index + 1, index + 3).join(''), 16)
      : (char.codePointAt(0) ?? 0);
    if (code < 0x20) return fault(index, 'holds an escaped control character');
    const shown = escaped ? 'an escaped character' : nameChar(char);
    if (leaf && code > 0x7e) return fault(index, `names its host with ${shown}, beyond ASCII`);
    if ('";<>'.includes(char)) return fault(index, `has ${shown} without a backslash before it`);
    index += length;
  }
  return index === from ? fault(from, 'has an empty part') : index;
}

/** RFC 4514 §3: a backslash escapes one special character or stands before two hexadecimal digits. */
function escapeLength(chars: readonly string[], at: number): number {
  const [next = '', after = ''] = chars.slice(at + 1, at + 3);
  if (/[0-9a-f]/i.test(next) && /[0-9a-f]/i.test(after)) return 3;
  return next !== '' && ' "#+,;<=>\\'.includes(next) ? 2 : 0;
}

function isAttributeChar(char: string): boolean {
  return /[A-Za-z0-9.-]/.test(char);
}

function fault(index: number, what: string): NameFault {
  return { index, summary: `The distinguished name ${what}.` };
}
