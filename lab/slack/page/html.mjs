/* Markup is made here only. Every value passes `safe`, which escapes what it did not make itself. */

const escape = (text) => String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const made = new WeakSet();
/** Marks a string as markup that was made here. */
export const trusted = (markup) => {
  const kept = { markup };
  return made.add(kept) && kept;
};

/** A template whose values are escaped, unless they come from this tag or are lists of such. */
export function safe(strings, ...values) {
  return trusted(strings.map((part, at) => part + (at < values.length ? shown(values[at]) : '')).join(''));
}

/** The value of an ARIA attribute: `false` is a word there. */
export const flag = (value) => String(value === true);

function shown(value) {
  if (value === undefined || value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(shown).join('');
  return typeof value === 'object' && made.has(value) ? value.markup : escape(value);
}

/** Escaped text that may then be changed by patterns which add markup. */
export const escaped = (text) => escape(text);
