import type { ModalView } from '@slack/types';
import type { Ask } from '../../core/commands/ask';
import type { CommandProblem } from '../../core/commands/parse';
import { commandOf, VERBS, type VerbEntry } from '../../core/commands/verbs';
import { plain, plainText, words } from '../cards/message';
import { clip, codeBlock } from '../cards/text';
import { FORM } from './open-button';
import { writeWhere, type Where } from './where';

/** Callback id of the form, and the ids of its inputs (block and action alike). */
export const COMMAND_FORM = `${FORM}.command`;
export const COMMAND_VERB = `${FORM}.command.verb`;
export const COMMAND_TEXT = `${FORM}.command.text`;

/** What the form is filled with. */
export interface CommandFormContent {
  readonly verb: Ask['verb'] | null;
  readonly tail: string;
  readonly problem: CommandProblem | null;
  /** What this person may use, in the order of help. */
  readonly verbs: readonly VerbEntry[];
  readonly where: Where;
}

/** The form of any command: what is to be done, and what follows it. */
export function commandForm({ verb, tail, problem, verbs, where }: CommandFormContent): ModalView {
  const option = (entry: VerbEntry) => ({ text: plainText(entry.verb), value: entry.verb });
  const chosen = verbs.find((entry) => entry.verb === verb);
  const first = chosen ?? verbs[0] ?? VERBS[0];
  return {
    type: 'modal',
    callback_id: COMMAND_FORM,
    private_metadata: writeWhere(where),
    title: plainText('Ask Handover'),
    submit: plainText('Send'),
    close: plainText('Close'),
    blocks: [
      ...(problem ? [plain(`🚫 ${problem.summary}`), words(codeBlock(problem.caret))] : []),
      {
        type: 'input',
        block_id: COMMAND_VERB,
        label: plainText('What is to be done?'),
        element: {
          type: 'static_select',
          action_id: COMMAND_VERB,
          options: verbs.map(option),
          ...(chosen && { initial_option: option(chosen) }),
        },
      },
      {
        type: 'input',
        block_id: COMMAND_TEXT,
        optional: true,
        label: plainText(isReason(chosen) ? 'Why?' : 'Hosts, request or options'),
        ...(first && {
          hint: plainText(clip(`As after ${commandOf(first)}: ${first.usage || 'nothing'}`, 300)),
        }),
        element: {
          type: 'plain_text_input',
          action_id: COMMAND_TEXT,
          ...(tail !== '' && { initial_value: tail }),
          ...(first?.example && { placeholder: plainText(clip(first.example, 150)) }),
        },
      },
    ],
  };
}

/** What holds everybody up, and what ends that, takes nothing but a reason. */
function isReason(entry: VerbEntry | undefined): boolean {
  return entry?.verb === 'freeze' || entry?.verb === 'unfreeze';
}

/** What is said under the input about a command that was not understood; plain text. */
export function problemLine({ summary, expected, nearest }: CommandProblem): string {
  return `${summary} Expected: ${expected}.${nearest === null ? '' : ` Did you mean: ${nearest}?`}`;
}
