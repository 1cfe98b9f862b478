import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import type { ActionParts } from '../actions/register';
import { guarded, listenerOf, openForm, plainly } from '../actions/register';
import { inTime } from '../in-time';
import { COMMAND_FORM, COMMAND_TEXT } from './command-form';
import { commandFormFor, submitCommand } from './command-answers';
import { OPEN_FORM, readOpenForm } from './open-button';
import { readWhere } from './where';

/** What forms need beside what actions need. */
export interface FormParts extends ActionParts {
  readonly policy: Policy;
}

/** Half of the time that Slack waits for an answer to a submission, in milliseconds. */
const BUDGET_MS = 1_500;

/** Registers the forms of commands: what opens them, what happens in them, and what comes of them. */
export function registerForms(app: App, parts: FormParts): void {
  app.action<BlockAction>(OPEN_FORM, async ({ ack, body, action, respond }) => {
    const listener = listenerOf(body);
    const typed = readOpenForm(
      'value' in action && typeof action.value === 'string' ? action.value : undefined,
    );
    const open = (view: ModalView) => openForm(parts.web, { view, trigger_id: body.trigger_id });
    const told = await guarded(parts, body, async (by: Person) => {
      const { channel, thread } = listener;
      await open(commandFormFor(typed, { policy: parts.policy, by, where: { channel, thread } }));
      return null;
    });
    await ack();
    if (told !== null) await parts.tell(listener, { text: told, blocks: [] }, respond);
  });

  app.view<ViewSubmitAction>(
    { callback_id: COMMAND_FORM, type: 'view_submission' },
    async ({ ack, body, view }) => {
      const { channel, thread } = readWhere(view.private_metadata);
      const listener = { channel, thread, user: body.user.id };
      const work = submitCommand(parts, body, view);
      const first = await inTime(parts.clock, BUDGET_MS, work);
      if (first !== 'late' && 'error' in first) {
        await ack({ response_action: 'errors', errors: { [COMMAND_TEXT]: plainly(first.error) } });
        return;
      }
      await ack();
      const done = await work;
      if ('error' in done) {
        await parts.tell(listener, { text: done.error, blocks: [] });
        return;
      }
      await parts.tell(listener, done.now);
      if (done.later) await parts.tell(listener, await done.later());
    },
  );
}
