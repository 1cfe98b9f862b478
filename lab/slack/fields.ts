/** A JSON object whose content is not known yet. */
export type Fields = Record<string, unknown>;

/** True for JSON objects, false for lists, null and plain values. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a JSON list; anything else in it is left out, and what is no list is empty. */
export function fieldsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((item) => isFields(item)) : [];
}

/** The strings of a JSON list; a single string counts as a list of one. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A string field, or the empty string. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
