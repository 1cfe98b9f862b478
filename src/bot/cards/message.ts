import type { ActionsBlock, ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import { cut } from './text';

/** A message as the bot posts or edits it. `text` is a whole sentence: phones read nothing else. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack's limit for a section's text, less a margin. */
const SECTION = 2_900;

/** A paragraph of mrkdwn. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text, SECTION), verbatim: true } };
}

/** The small last line. */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: cut(text, SECTION), verbatim: true }] };
}

/** A row of buttons; `value` is the same for all of them. */
export function buttons(
  value: string,
  row: readonly { action: string; label: string; style?: 'primary' | 'danger' }[],
): ActionsBlock {
  return {
    type: 'actions',
    elements: row.map(({ action, label, style }) => ({
      type: 'button',
      action_id: action,
      text: { type: 'plain_text', text: label },
      value,
      ...(style && { style }),
    })),
  };
}
