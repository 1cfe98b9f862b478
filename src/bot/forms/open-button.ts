import type { ActionsBlock } from '@slack/types';
import type { CommandEntry } from '../../core/commands/verbs';
import { entryOf } from '../../core/commands/verbs';
import { plainText, row } from '../cards/message';

/** Action ids and callback ids of everything in forms begin so. */
export const FORM = 'form';

/** The button under a command that was not understood; others that open a form have a further name after a dot. */
export const OPEN_FORM = `${FORM}.open`;

/** The longest text that a command may have and half as much again, so that a form can say that it was too long. */
const LONGEST = 450;

/** A button that opens the form of a command, filled with what was understood of it. */
export function openFormRow(entry: CommandEntry, text: string): ActionsBlock {
  const value = `${entry} ${text.trim()}`
    .slice(0, LONGEST)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
  return row([{ type: 'button', action_id: OPEN_FORM, text: plainText('Open form'), value }]);
}

/** The command that the button's value holds; a value that is none of ours is an empty command. */
export function readOpenForm(value: string | undefined): {
  readonly entry: CommandEntry;
  readonly text: string;
} {
  const [, word = '', text = ''] = /^(\S*) ?([\s\S]*)$/.exec(value ?? '') ?? [];
  return { entry: word === 'mention' ? 'mention' : (entryOf(word) ?? '/hv'), text };
}
