import type { ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { parseCommand } from '../../core/commands/parse';
import { understand } from '../../core/commands/understood';
import { VERBS, type CommandEntry } from '../../core/commands/verbs';
import { mayUse } from '../../core/policy/use';
import type { Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import { guarded, type ActionParts } from '../actions/register';
import type { CommandAnswer } from '../commands/answer';
import { sentence } from '../commands/answers';
import { COMMAND_TEXT, COMMAND_VERB, commandForm, problemLine } from './command-form';
import { readWhere, type Where } from './where';

/** The form for a command that was not understood, filled with what was. */
export function commandFormFor(
  { entry, text }: { entry: CommandEntry; text: string },
  { policy, by, where }: { policy: Policy; by: Person; where: Where },
): ModalView {
  const { verb, tail } = understand(entry, text);
  const parsed = parseCommand(entry, text);
  // Who has said nothing but what is to be done is asked for the rest, and has done nothing wrong.
  const problem = parsed.ok || (verb !== null && tail === '') ? null : parsed.problem;
  const verbs = VERBS.filter(({ needs }) => mayUse(policy, needs, by));
  return commandForm({ verb, tail, problem, verbs, where });
}

/** Does what a submitted form asks, or says what is wrong under its text. Throws nothing. */
export async function submitCommand(
  parts: ActionParts,
  body: ViewSubmitAction,
  view: ViewOutput,
): Promise<{ readonly error: string } | CommandAnswer> {
  const text = typedIn(view);
  const parsed = parseCommand('/hv', text);
  if (!parsed.ok) return { error: problemLine(parsed.problem) };
  const answers: CommandAnswer[] = [];
  const { channel } = readWhere(view.private_metadata);
  const refused = await guarded(parts, body, async (by) => {
    // One view is one command, however often it is sent.
    answers.push(await parts.answer({ entry: '/hv', text, by, channel, key: `view-${view.id}` }));
    return null;
  });
  const [answer] = answers;
  return answer ?? { now: sentence(refused ?? '') };
}

/** What would have been typed after `/hv`. Slack escapes nothing that was typed in a form. */
function typedIn({ state: { values } }: ViewOutput): string {
  const verb = values[COMMAND_VERB]?.[COMMAND_VERB]?.selected_option?.value ?? '';
  const tail = values[COMMAND_TEXT]?.[COMMAND_TEXT]?.value ?? '';
  return escapeTyped(`${verb} ${tail}`);
}

/** A text as it would have arrived had it been typed in a message. */
function escapeTyped(text: string): string {
  return text.replaceAll(/&(?=amp;|lt;|gt;)/g, '&amp;');
}
