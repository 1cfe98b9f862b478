import type { ModalView, PlainTextOption } from '@slack/types';
import type { RequestRecord } from '../../core/request/record';
import type { Decision } from '../../core/request/statement';
import { plain, plainText, words } from '../cards/message';
import { powerSentence } from '../cards/power';
import { clip, mention, moment } from '../cards/text';
import { writeFormAbout, type DecisionFormAbout } from './deny-form';

/** Callback id of the form, and the ids of its inputs (block and action alike). */
export const REVIEW_FORM = 'request.review.submit';
export const REVIEW_RESULT = 'request.review.result';
export const REVIEW_NOTE = 'request.review.note';

const LONGEST_NOTE = 1_000;

const RIGHT = option('right', 'It was right to break the glass');
const WRONG = option('wrong', 'It was wrong: something has to follow');

/** The form in which another approver says afterwards how breaking the glass is to be judged. */
export function reviewForm(record: RequestRecord, about: DecisionFormAbout, broken: Decision): ModalView {
  return {
    type: 'modal',
    callback_id: REVIEW_FORM,
    private_metadata: writeFormAbout(about),
    title: plainText(clip(`Review ${record.label}`, 24)),
    submit: plainText('Reviewed'),
    close: plainText('Back'),
    blocks: [
      plain(`${powerSentence(record)}.`),
      words(`🧨 ${mention(broken.by)} broke the glass ${moment(broken.at)}.`),
      plain(`Reason given: ${clip(broken.reason, 600)}`),
      plain(
        'A review changes nothing in the directory. What should not stay is taken back with “Undo…” on the card.',
      ),
      {
        type: 'input',
        block_id: REVIEW_RESULT,
        label: plainText('How is it to be judged?'),
        element: { type: 'radio_buttons', action_id: REVIEW_RESULT, options: [RIGHT, WRONG] },
      },
      {
        type: 'input',
        block_id: REVIEW_NOTE,
        label: plainText('What did you look at?'),
        hint: plainText('Everybody in the channel and the audit see this.'),
        element: {
          type: 'plain_text_input',
          action_id: REVIEW_NOTE,
          multiline: true,
          max_length: LONGEST_NOTE,
        },
      },
    ],
  };
}

function option(value: string, text: string): PlainTextOption {
  return { value, text: plainText(text) };
}
