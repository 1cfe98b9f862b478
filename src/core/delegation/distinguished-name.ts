import { foldCase } from './values';

/** A backslash and two hex digits, a backslash and any character, or one character (RFC 4514 section 2.4). */
const TOKEN = /\\[0-9a-f]{2}|\\?[\s\S]/gi;
const ESCAPED = /((?:\\[0-9a-f]{2})+)|\\([\s\S])/gi;
const TYPE = /^(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)+)$/;

/**
 * The parts of a distinguished name, leaf first, as `type=value` in lower case with escapes undone: two names are the same
 * when their parts are. Null for what is not a name, and for parts joined by `+`, which Active Directory has not.
 */
export function dnParts(dn: string): readonly string[] | null {
  const parts: string[][] = [[]];
  for (const token of dn.match(TOKEN) ?? []) {
    if (token === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  const read = parts.map(readPart);
  const known = read.filter((part) => part !== null);
  return known.length === read.length ? known : null;
}

/** True when both are names and the same one. */
export function isSameDn(a: string, b: string): boolean {
  const parts = dnParts(a);
  return parts !== null && parts.length === dnParts(b)?.length && isWithin(a, b);
}

/** Whether the name is the base or lies below it: whole parts are compared, never text. False when either is not a name. */
export function isWithin(dn: string, base: string): boolean {
  const parts = dnParts(dn);
  const ending = dnParts(base);
  if (!parts || !ending || ending.length > parts.length) return false;
  return parts.slice(-ending.length).every((part, index) => part === ending[index]);
}

/** The DNS name of the domain that a name lies in, from its `DC=` parts; empty when it has none. */
export function domainOf(dn: string): string {
  const parts = dnParts(dn) ?? [];
  return parts
    .slice(parts.findLastIndex((part) => !part.startsWith('dc=')) + 1)
    .map((part) => part.slice('dc='.length))
    .join('.');
}

/** The leaf's value, escapes undone, in lower case; null for what is not a name. */
export function leafOf(dn: string): string | null {
  const leaf = dnParts(dn)?.[0];
  return leaf === undefined ? null : leaf.slice(leaf.indexOf('=') + 1);
}

function readPart(tokens: readonly string[]): string | null {
  const equals = tokens.indexOf('=');
  const type = tokens.slice(0, Math.max(0, equals)).join('').trim().toLowerCase();
  const value = tokens.slice(equals + 1);
  // Spaces around a value do not belong to it unless they are escaped.
  const from = value.findIndex((token) => token !== ' ');
  const to = value.findLastIndex((token) => token !== ' ') + 1;
  const isBroken = value.includes('\\') || value.includes('+');
  if (!TYPE.test(type) || from < 0 || isBroken) return null;
  return `${type}=${foldCase(unescapeValue(value.slice(from, to).join('')))}`;
}

function unescapeValue(text: string): string {
  return text.replace(ESCAPED, (_, pairs: string | undefined, char: string | undefined) =>
    pairs === undefined ? (char ?? '') : Buffer.from(pairs.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
}
