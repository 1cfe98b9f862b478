import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { canonicalText } from '../../core/canonical';
import type { ButtonAbout } from '../cards/button-value';

/** Callback id of the form, and the id of its one input (block and action alike). */
export const DENY_FORM = 'request.deny.submit';
export const DENY_REASON = 'request.deny.reason';

const Metadata = z.strictObject({ channel: z.string().max(40), button: z.string().max(300) });

/** The form that asks for the reason of a denial. */
export function denyForm(label: string, about: ButtonAbout, channel: string): ModalView {
  const button = canonicalText({ r: about.id, p: about.plan, f: about.fingerprint });
  return {
    type: 'modal',
    callback_id: DENY_FORM,
    private_metadata: canonicalText({ channel, button }),
    title: { type: 'plain_text', text: `Deny ${label}`.slice(0, 24) },
    submit: { type: 'plain_text', text: 'Deny' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      {
        type: 'input',
        block_id: DENY_REASON,
        label: { type: 'plain_text', text: 'Why?' },
        hint: { type: 'plain_text', text: 'The requester and the audit see this.' },
        element: { type: 'plain_text_input', action_id: DENY_REASON, multiline: true, max_length: 500 },
      },
    ],
  };
}

/** What a submitted form is about, or null when its metadata is none of ours. */
export function readDenyForm(metadata: string): { channel: string; button: string } | null {
  try {
    return Metadata.parse(JSON.parse(metadata));
  } catch {
    return null;
  }
}
