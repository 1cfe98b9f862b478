import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { clip } from './text';

/** A message as the bot posts or edits it. `text` is a whole sentence: phones and screen readers get nothing else. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

const HEADER_LENGTH = 150;
/** A section may hold 3000 characters; several full ones would break the limit of the whole message. */
const SECTION_LENGTH = 2_000;

/** The large first line, shown exactly as it is. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(clip(text, HEADER_LENGTH)) };
}

/** A paragraph shown exactly as it is: for whatever people or the directory have written. */
export function plain(text: string, length = SECTION_LENGTH): SectionBlock {
  return { type: 'section', text: plainText(clip(text, length)) };
}

/** A paragraph of our own words with mentions and times. Foreign text in it must be inert. */
export function words(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

/** The small last line. */
export function context(elements: readonly (MrkdwnElement | PlainTextElement)[]): ContextBlock {
  return { type: 'context', elements: [...elements] };
}

/** A row of buttons. `id`: its name in a view that is drawn anew; unique there. */
export function row(elements: readonly Button[], id?: string): ActionsBlock {
  return { type: 'actions', elements: [...elements], ...(id !== undefined && { block_id: id }) };
}

/** Text in which nothing has a meaning; `:smile:` stays letters too. */
export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** Text with our own mentions and times; Slack makes no further links in it. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** As many lines in a text as a section takes; one that takes more itself is left as it is. */
export function paged(lines: readonly string[]): readonly string[] {
  const full: string[] = [];
  for (const line of lines) {
    const last = full.at(-1);
    if (last !== undefined && last.length + line.length < SECTION_LENGTH) {
      full[full.length - 1] = `${last}\n${line}`;
    } else full.push(line);
  }
  return full;
}

/** A text of any length as sections take it, broken at line ends, and at spaces where a line is too long. */
export function folded(text: string): readonly string[] {
  return text === '' ? [] : paged(text.split('\n').flatMap((line) => piecesOf(line)));
}

function piecesOf(line: string): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > SECTION_LENGTH) {
    const space = rest.lastIndexOf(' ', SECTION_LENGTH - 1);
    const end = space > 0 ? space : SECTION_LENGTH - 1;
    // No half of a pair is left alone.
    const isPair = /[\uDC00-\uDFFF]/.test(rest.charAt(end));
    pieces.push(rest.slice(0, isPair ? end - 1 : end));
    rest = rest.slice(isPair ? end - 1 : end).trimStart();
  }
  return [...pieces, rest];
}
