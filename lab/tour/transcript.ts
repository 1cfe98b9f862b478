import type { Fields } from '../slack/fields';
import type { Stage } from './stage';

/** What stands for lines that the reader has seen before. */
export const AS_BEFORE = '…';

/** Writes messages down as people see them. */
export interface Transcript {
  /**
   * With `about`, a name of what the message is about, what stood in an earlier message about the same is left out; nothing is
   * written when there is nothing else.
   */
  readonly show: (head: string, message: Fields, about?: string) => void;
}

/** Whose names the lines of a transcript say. */
type Names = Pick<Stage, 'users' | 'channels'>;

/** A transcript in which nothing stands yet. */
export function openTranscript({ say, ...names }: Names & Pick<Stage, 'say'>): Transcript {
  const seen = new Map<string, Set<string>>();
  return {
    show(head, message, about) {
      const lines = linesOf(message, names);
      const before = seen.get(about ?? '') ?? new Set<string>();
      if (about !== undefined) seen.set(about, new Set([...before, ...lines.map(unsigned)]));
      if (lines.every((line) => before.has(unsigned(line)))) return;
      say(`\n${head}:`);
      for (const line of withoutSeen(lines, before)) say(`  │ ${line}`);
    },
  };
}

/**
 * Each run of lines that the reader has seen becomes one, after the sign of its first. Buttons stay, since what can be done is part of
 * what is new, and so does the line that says whose values follow.
 */
function withoutSeen(lines: readonly string[], before: ReadonlySet<string>): readonly string[] {
  const isOld = (index: number): boolean => {
    const line = lines[index] ?? '[';
    const isHeading = signOf(line) === '' && signOf(lines[index + 1] ?? '') !== '';
    return before.has(unsigned(line)) && !line.startsWith('[') && !isHeading;
  };
  return lines.flatMap((line, index) => {
    if (!isOld(index)) return [line];
    return index > 0 && isOld(index - 1) ? [] : [`${signOf(line)}${AS_BEFORE}`];
  });
}

/** A value that was to be added and is now to be removed is the same value. */
function unsigned(line: string): string {
  return line.slice(signOf(line).length);
}

function signOf(line: string): string {
  return /^[+−=] +/.exec(line)?.[0] ?? '';
}

/** A message as plain lines: its blocks' texts and, in brackets, its buttons. */
function linesOf(message: Fields, names: Names): string[] {
  const blocks = Array.isArray(message['blocks']) ? (message['blocks'] as Fields[]) : [];
  const lines = blocks.flatMap(blockLines);
  const text = lines.length > 0 ? lines : [textOf(message['text'])];
  return text.flatMap((each) => indented(each).split('\n')).map((line) => readable(line, names));
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

/** Code stands indented, without its fences. */
function indented(text: string): string {
  return text.replaceAll(/```\n([^`]*)\n```/g, (_, code: string) => code.replaceAll(/^/gm, '    '));
}

/** Mentions as names, dates as their fallback, entities decoded: what a person reads. */
function readable(line: string, { users, channels }: Names): string {
  const nameIn = (list: Names['users'] | Names['channels'], id: string): string =>
    list.find((each) => each.id === id)?.name ?? id;
  return line
    .replaceAll(/<@([A-Z0-9]+)>/g, (_, id: string) => `@${nameIn(users, id)}`)
    .replaceAll(/<#([A-Z0-9]+)>/g, (_, id: string) => `#${nameIn(channels, id)}`)
    .replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\u2060', '');
}
