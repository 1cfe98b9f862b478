import type { App, BlockButtonAction } from '@slack/bolt';
import type { Answered, RequestClient } from '../../jobs/client';
import { readButton, type ButtonAbout } from '../cards/button-value';
import { refusalText } from '../refusal';
import type { Person } from '../../core/request/statement';
import { denyForm, DENY_FORM, DENY_REASON, readDenyForm } from './deny-form';

/** What the actions need. `person` gives who acted or a sentence why not; `guard` answers failures. */
export interface ActionParts {
  readonly client: RequestClient;
  person(body: Acted): Person | { problem: { code: string; summary: string; remedy: string } };
  deliver(id: string): Promise<void>;
  failure(error: unknown): string;
}

/** The part of an interaction that says who acted. */
interface Acted {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team: { readonly id: string } | null;
  readonly enterprise?: { readonly id: string };
}

type Tell = (text: string) => Promise<unknown>;

/** Registers Approve, Deny with its form, and Withdraw. Every click gets an answer. */
export function registerDecisions(app: App, parts: ActionParts): void {
  app.action<BlockButtonAction>('request.approve', async ({ ack, body, action, client }) => {
    await ack();
    const tell = privately(body, (message) => client.chat.postEphemeral(message));
    await withAbout(parts, { body, value: action.value, tell }, async (about, by) => {
      const answered = await parts.client.decide({ ...about, by, verdict: 'approve', reason: '' });
      await answer(parts, answered, tell);
    });
  });

  app.action<BlockButtonAction>('request.deny', async ({ ack, body, action, client }) => {
    await ack();
    const tell = privately(body, (message) => client.chat.postEphemeral(message));
    await withAbout(parts, { body, value: action.value, tell }, async (about, by) => {
      const may = await parts.client.mayAnswer({ ...about, by });
      if (may.kind === 'refused') return answer(parts, may, tell);
      const view = denyForm(may.record.label, about, body.channel?.id ?? may.record.card.channel);
      await client.views.open({ trigger_id: body.trigger_id, view });
      return undefined;
    });
  });

  app.action<BlockButtonAction>('request.withdraw', async ({ ack, body, action, client }) => {
    await ack();
    const tell = privately(body, (message) => client.chat.postEphemeral(message));
    await withAbout(parts, { body, value: action.value, tell }, async (about, by) => {
      await answer(parts, await parts.client.withdraw({ id: about.id, by }), tell);
    });
  });

  app.view(DENY_FORM, async ({ ack, body, view, client }) => {
    const reason = view.state.values[DENY_REASON]?.[DENY_REASON]?.value?.trim() ?? '';
    if (reason === '') {
      await ack({
        response_action: 'errors',
        errors: { [DENY_REASON]: 'Say why, so that the requester knows what to do.' },
      });
      return;
    }
    await ack();
    const form = readDenyForm(view.private_metadata);
    const tell: Tell = (text) =>
      form
        ? client.chat.postEphemeral({ channel: form.channel, user: body.user.id, text })
        : Promise.resolve();
    await withAbout(parts, { body, value: form?.button, tell }, async (about, by) => {
      const answered = await parts.client.decide({ ...about, by, verdict: 'deny', reason });
      await answer(parts, answered, tell);
    });
  });
}

/** Runs with what a button is about and who clicked; whatever fails, the person hears of it. */
async function withAbout(
  parts: ActionParts,
  { body, value, tell }: { body: Acted; value: string | undefined; tell: Tell },
  act: (about: ButtonAbout, by: Person) => Promise<unknown>,
): Promise<void> {
  const about = readButton(value);
  const by = parts.person(body);
  if (!about) {
    await tell(
      '🚫 This button is none of Handover’s, or too old. Your click changed nothing. Look for the newest card.',
    );
  } else if ('problem' in by) {
    await tell(refusalText(by.problem));
  } else {
    await act(about, by).catch((error: unknown) => tell(parts.failure(error)));
  }
}

async function answer(parts: ActionParts, answered: Answered, tell: Tell): Promise<void> {
  if (answered.kind === 'refused') {
    await tell(refusalText(answered.problem, answered.record?.label));
  } else {
    // The sweeper delivers what this cannot; the decision stands either way.
    await parts.deliver(answered.record.id).catch(() => undefined);
  }
}

function privately(
  body: BlockButtonAction,
  post: (message: { channel: string; user: string; text: string; thread_ts?: string }) => Promise<unknown>,
): Tell {
  const channel = body.channel?.id;
  const message = body.message as { ts?: string; thread_ts?: string } | undefined;
  // A card that has replies names itself as its thread; an answer in there would be missed by who looks at the channel.
  const thread = message?.thread_ts === message?.ts ? undefined : message?.thread_ts;
  return (text) =>
    channel === undefined
      ? Promise.resolve()
      : post({ channel, user: body.user.id, text, ...(thread !== undefined && { thread_ts: thread }) });
}
