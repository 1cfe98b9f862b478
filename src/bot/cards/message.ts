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

/** A row of buttons. */
export function row(elements: readonly Button[]): ActionsBlock {
  return { type: 'actions', elements: [...elements] };
}

/** Text in which nothing has a meaning; `:smile:` stays letters too. */
export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** Text with our own mentions and times; Slack makes no further links in it. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}
