import type { InputBlock, ModalView } from '@slack/types';
import type { DirectoryPart } from '../../core/delegation/plan';
import type { RequestRecord } from '../../core/request/record';
import { whoCarriesOut } from '../cards/buttons';
import { plain, plainText } from '../cards/message';
import { powerSentence } from '../cards/power';
import { riskLines } from '../cards/risk';
import { clip } from '../cards/text';
import { writeFormAbout, type DecisionFormAbout } from './deny-form';

/** Callback id of the form, and the id of its one input (block and action alike). */
export const APPROVE_FORM = 'request.approve.submit';
export const APPROVE_HOST = 'request.approve.host';

/** Longer than any name of a computer. */
const LONGEST_NAME = 64;

/** The form in which whoever approves a high risk types the name of a host: nobody does that by a slip of the finger. */
export function approveForm(
  record: RequestRecord,
  about: DecisionFormAbout,
  { part, why }: { part: DirectoryPart; why: string },
): ModalView {
  return {
    type: 'modal',
    callback_id: APPROVE_FORM,
    private_metadata: writeFormAbout(about),
    title: plainText(clip(`Approve ${record.label}`, 24)),
    submit: plainText('Approve'),
    close: plainText('Back'),
    blocks: [
      plain(`${powerSentence(record)}. ${whoCarriesOut(record)}`),
      plain(`⚠ High risk: ${why}`),
      ...riskLines(part).map((line) => plain(line)),
      hostInput(part, APPROVE_HOST),
    ],
  };
}

/** The input for the name of a host that a plan changes; `id` of block and action alike. */
export function hostInput(part: DirectoryPart, id: string): InputBlock {
  const names = [...new Set(part.changes.map(({ name }) => name))];
  const [first = ''] = names;
  const which =
    names.length === 1 ? `the host’s name, ${first}` : `the name of a host that changes, such as ${first}`;
  return {
    type: 'input',
    block_id: id,
    label: plainText('Which host?'),
    hint: plainText(clip(`To approve, type ${which}.`, 150)),
    element: { type: 'plain_text_input', action_id: id, max_length: LONGEST_NAME },
  };
}

/** What is said under the input when another name was typed. */
export function wrongHost(typed: string): string {
  return `${clip(typed.trim(), 40) || 'That'} is no host that this request changes. Nothing was decided. Look at the card, then type the name as it stands there.`;
}
