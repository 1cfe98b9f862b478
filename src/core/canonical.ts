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
  // The same text, and many values are told at once.
  if (isTexts(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${listed(value, canonicalText)}]`;
  if (typeof value !== 'object') throw new TypeError(`no canonical text for ${typeof value}`);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${listed(entries, ([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`)}}`;
}

/** Added up and not joined: a plan is a megabyte, which each level would copy. */
function listed<T>(items: readonly T[], spell: (item: T) => string): string {
  let text = '';
  for (const [at, item] of items.entries()) text += at === 0 ? spell(item) : `,${spell(item)}`;
  return text;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** SHA-256 of the canonical text, 64 hex digits. */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonicalText(value), 'utf8').digest('hex');
}
