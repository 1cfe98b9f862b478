import type { Fields } from '../slack/fields';
import type { LabUser } from '../slack/workspace';

/** A message as plain lines: its blocks' texts and, in brackets, its buttons. */
export function linesOf(message: Fields, users: readonly LabUser[]): string[] {
  const blocks = Array.isArray(message['blocks']) ? (message['blocks'] as Fields[]) : [];
  const lines = blocks.flatMap(blockLines);
  const text = lines.length > 0 ? lines : [textOf(message['text'])];
  return text.flatMap((line) => line.split('\n')).map((line) => readable(line, users));
}

function blockLines(block: Fields): string[] {
  const fields = Array.isArray(block['fields']) ? (block['fields'] as Fields[]) : [];
  const elements = Array.isArray(block['elements']) ? (block['elements'] as Fields[]) : [];
  const own = block['text'] ? [textOf(block['text'])] : [];
  if (block['type'] === 'actions')
    return [elements.map((element) => `[${textOf(element['text'])}]`).join(' ')];
  if (block['type'] === 'divider') return [];
  return [...own, ...fields.map(textOf), ...elements.map(textOf)];
}

function textOf(text: unknown): string {
  if (typeof text === 'string') return text;
  const inner = (text as Fields | null)?.['text'];
  return inner === undefined ? '' : textOf(inner);
}

/** Mentions as names, dates as their fallback, entities decoded: what a person reads. */
function readable(line: string, users: readonly LabUser[]): string {
  return line
    .replaceAll(/<@([A-Z0-9]+)>/g, (_, id: string) => `@${users.find((user) => user.id === id)?.name ?? id}`)
    .replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
