import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { canonicalText } from '../../core/canonical';
import type { RequestRecord } from '../../core/request/record';
import { readButton, writeButton, type ButtonAbout } from '../cards/button-value';
import { powerSentence } from '../cards/power';
import { plain, plainText } from '../cards/message';
import { clip } from '../cards/text';

/** Callback id of the form, and the id of its one input (block and action alike). */
export const DENY_FORM = 'request.deny.submit';
export const DENY_REASON = 'request.deny.reason';

const LONGEST_REASON = 500;

const Metadata = z.strictObject({
  button: z.string().max(300),
  channel: z.string().max(40),
  thread: z.string().max(40).nullable(),
});

/** What a form is about, and where its answers go. */
export interface DecisionFormAbout {
  readonly about: ButtonAbout;
  readonly channel: string;
  readonly thread: string | null;
}

/** The form that asks for the reason of a denial. */
export function denyForm(record: RequestRecord, about: DecisionFormAbout): ModalView {
  return {
    type: 'modal',
    callback_id: DENY_FORM,
    private_metadata: writeFormAbout(about),
    title: plainText(clip(`Deny ${record.label}`, 24)),
    submit: plainText('Deny'),
    close: plainText('Back'),
    blocks: [
      plain(`${powerSentence(record)} if this is approved.`),
      {
        type: 'input',
        block_id: DENY_REASON,
        label: plainText('Why not?'),
        hint: plainText('Everybody in the channel and the audit see this.'),
        element: {
          type: 'plain_text_input',
          action_id: DENY_REASON,
          multiline: true,
          max_length: LONGEST_REASON,
        },
      },
    ],
  };
}

/** What a form of a decision is about, as its metadata. */
export function writeFormAbout({ about, channel, thread }: DecisionFormAbout): string {
  return canonicalText({ button: writeButton(about), channel, thread });
}

/** What a submitted form is about, or null when its metadata is none of ours. */
export function readFormAbout(metadata: string): DecisionFormAbout | null {
  try {
    const { button, ...where } = Metadata.parse(JSON.parse(metadata));
    const about = readButton(button);
    return about && { about, ...where };
  } catch {
    return null;
  }
}

/** What was typed or chosen in an input of a form, without the white space around it; empty when there is nothing. */
export function typedIn(
  input: string,
  values: {
    readonly [block: string]: {
      readonly [action: string]: {
        readonly value?: string | null;
        readonly selected_option?: { readonly value: string } | null;
      };
    };
  },
): string {
  const said = values[input]?.[input];
  return (said?.value ?? said?.selected_option?.value ?? '').trim();
}
