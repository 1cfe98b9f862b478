/**
 * A text as PowerShell takes it for a text and nothing more, for commands that people are shown: in single quotes, of which it knows five kinds,
 * each said twice.
 */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`;
}
