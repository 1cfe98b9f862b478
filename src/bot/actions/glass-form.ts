import type { ModalView } from '@slack/types';
import type { DirectoryPart } from '../../core/delegation/plan';
import type { RequestRecord } from '../../core/request/record';
import { plain, plainText } from '../cards/message';
import { powerSentence } from '../cards/power';
import { riskLines } from '../cards/risk';
import { clip } from '../cards/text';
import { hostInput } from './approve-form';
import { writeFormAbout, type DecisionFormAbout } from './deny-form';

/** Callback id of the form, and the ids of its inputs (block and action alike). */
export const GLASS_FORM = 'request.glass.submit';
export const GLASS_HOST = 'request.glass.host';
export const GLASS_WHY = 'request.glass.why';

const LONGEST_WHY = 500;

/** The form in which one approver stands for all: it says what that means, and asks why and for the name of a host. */
export function glassForm(record: RequestRecord, about: DecisionFormAbout, part: DirectoryPart): ModalView {
  return {
    type: 'modal',
    callback_id: GLASS_FORM,
    private_metadata: writeFormAbout(about),
    title: plainText(clip(`Break glass: ${record.label}`, 24)),
    submit: plainText('Approve alone'),
    close: plainText('Back'),
    blocks: [
      plain(`${powerSentence(record)}.`),
      plain(
        '⚠ Your approval alone will count for all that are missing. Every check is made as always. ' +
          'The other approvers, the people on call and the notices channel are told at once, with your reason, ' +
          'and another approver has to review it afterwards.',
      ),
      ...riskLines(part).map((line) => plain(line)),
      {
        type: 'input',
        block_id: GLASS_WHY,
        label: plainText('Why can it not wait?'),
        hint: plainText('Everybody who is told, and the audit, see this.'),
        element: {
          type: 'plain_text_input',
          action_id: GLASS_WHY,
          multiline: true,
          max_length: LONGEST_WHY,
        },
      },
      hostInput(part, GLASS_HOST),
    ],
  };
}
