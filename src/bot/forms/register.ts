import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import { understand } from '../../core/commands/understood';
import { guarded, listenerOf, openForm, plainly } from '../actions/register';
import { inTime } from '../in-time';
import { eachOf } from '../private-answer';
import { COMMAND_FORM, COMMAND_TEXT } from './command-form';
import { commandFormFor, submitCommand } from './command-answers';
import {
  acknowledgeOpening,
  openDelegation,
  registerDelegation,
  type DelegationFormParts,
} from './delegation/register';
import { fitsForm } from './delegation/first-state';
import { OPEN_FORM, readOpenForm } from './open-button';
import { readWhere, type Where } from './where';

/** What forms need. */
export type FormParts = DelegationFormParts;

/** Half of the time that Slack waits for an answer to a submission, in milliseconds. */
const BUDGET_MS = 1_500;

/** Registers the forms of commands: what opens them, what happens in them, and what comes of them. */
export function registerForms(app: App, parts: FormParts): void {
  registerDelegation(app, parts);

  app.action<BlockAction>(
    new RegExp(`^${OPEN_FORM.replaceAll('.', '\\.')}(\\.[a-z]+)?$`),
    async ({ ack, body, action, respond }) => {
      const listener = listenerOf(body);
      const typed = readOpenForm(
        'value' in action && typeof action.value === 'string' ? action.value : undefined,
      );
      const understood = understand(typed.entry, typed.text);
      const { channel, thread } = listener;
      const where = { channel, thread };
      const opening = fitsForm(understood)
        ? openDelegation(parts, body, { where, understood })
        : openCommand(parts, body, { typed, where });
      const tell = (text: string) => parts.tell(listener, { text, blocks: [] }, respond);
      await acknowledgeOpening(parts, ack, { opening, tell });
    },
  );

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
      const rest = done.later ? eachOf(await done.later()) : [];
      for (const message of rest) await parts.tell(listener, message);
    },
  );
}

async function openCommand(
  parts: FormParts,
  body: BlockAction,
  { typed, where }: { typed: ReturnType<typeof readOpenForm>; where: Where },
): ReturnType<typeof openDelegation> {
  const { policy, web } = parts;
  const told = await guarded(parts, body, async (by) => {
    const view = commandFormFor(typed, { policy, by, where });
    await openForm(web, { view, trigger_id: body.trigger_id });
    return null;
  });
  return { told, fill: () => Promise.resolve() };
}
