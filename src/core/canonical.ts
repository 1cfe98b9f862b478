import { createHash } from 'node:crypto';

/**
 * One text for one value: keys in code-unit order, no white space. Statements are signed over it and
 * plans are hashed over it, so two equal values must never print differently.
 * Throws a TypeError on a number that is not a safe integer (its spelling would be ambiguous) and on undefined.
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`no canonical text for ${typeof value}`);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(',')}}`;
}

/** SHA-256 of the canonical text, 64 hex digits. */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonicalText(value), 'utf8').digest('hex');
}
