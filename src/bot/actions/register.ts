import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/ports';
import { Fault, type Problem } from '../../core/problem';
import type { Person } from '../../core/request/statement';
import type { Settings } from '../../core/settings';
import { actedIn, type Home } from '../home/register';
import { inTime } from '../in-time';
import type { Placement } from '../commands/placement';
import type { Membership } from '../membership';
import { personOf } from '../person';
import { eachOf, type Listener, type Tell } from '../private-answer';
import { refusalText } from '../refusal';
import type { Arrived, CommandAnswer } from '../commands/answer';
import { actOn, UNREADABLE, type ClickParts } from './clicks';
import { readCommandButton } from './command-button';
import { APPROVED, DECISION_FORMS, type DecisionForm } from './decision-forms';
import { readFormAbout, typedIn } from './deny-form';

/** What the actions need beside what clicks need. */
export interface ActionParts extends ClickParts {
  readonly web: WebClient;
  readonly slack: Pick<Settings['slack'], 'team' | 'enterprise'>;
  readonly membership: Membership;
  readonly placement: Placement;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Does what a command asks, as if it had been typed. */
  readonly answer: (arrived: Arrived) => Promise<CommandAnswer>;
  readonly failure: (error: unknown) => string;
  readonly home: Home;
}

/**
 * A click is acknowledged when it has been answered, so that a bot that dies on the way leaves Slack's own warning at the
 * button; but not later than this, half of the time that Slack waits.
 */
const BUDGET_MS = 1_500;

/** What stands at Home after a click that says nothing itself. A form that was opened has done nothing yet. */
function doneText(action: string): string | null {
  return action === 'request.approve' ? APPROVED : '✔ Recorded.';
}

/** Registers every button and the form of a denial. Every click gets an answer, one on an unknown button too; what begins with `form.` is others’. */
export function registerActions(app: App, parts: ActionParts): void {
  app.action<BlockAction>(/^(?!form\.|home\.)/, async ({ ack, body, action, respond }) => {
    const listener = listenerOf(body);
    const value = valueOf(action);
    const key = `click-${body.trigger_id}`;
    let hasOpened = false;
    const typed = readCommandButton(action.action_id, value);
    const work = guarded(parts, { ...body, channel: listener.channel }, async (by) => {
      if (typed) {
        const { channel, thread } = listener;
        const answer = await parts.answer({ ...typed, by, channel, key, isInThread: thread !== null });
        await parts.tell(listener, answer.now, respond);
        const rest = answer.later ? eachOf(await answer.later()) : [];
        for (const message of rest) await parts.tell(listener, message, respond);
        return null;
      }
      return actOn(parts, {
        action: action.action_id,
        value,
        by,
        listener,
        key,
        async openForm(view) {
          hasOpened = true;
          await openForm(parts.web, { view, trigger_id: body.trigger_id });
        },
      });
    }).then(async (text) => {
      // Home has no messages: it says itself what came of a click.
      if (body.view?.type === 'home' && !typed) {
        await parts.home.show(actedIn(body), {
          notice: text ?? (hasOpened ? null : doneText(action.action_id)),
        });
      } else if (text !== null) await parts.tell(listener, { text, blocks: [] }, respond);
    });
    await inTime(parts.clock, BUDGET_MS, work);
    await ack();
    await work;
  });

  for (const form of DECISION_FORMS) registerForm(app, parts, form);
}

/** Of a button its own, of a menu that of what was chosen. */
function valueOf(action: BlockAction['actions'][number]): string | undefined {
  if ('selected_option' in action) return action.selected_option?.value;
  return 'value' in action && typeof action.value === 'string' ? action.value : undefined;
}

function registerForm(app: App, parts: ActionParts, { callback, inputs, done, act }: DecisionForm): void {
  const [first = ''] = inputs;
  app.view<ViewSubmitAction>(
    { callback_id: callback, type: 'view_submission' },
    async ({ ack, body, view }) => {
      const form = readFormAbout(view.private_metadata);
      let where = first;
      const typed = new Map(inputs.map((input) => [input, typedIn(input, view.state.values)]));
      const work = guarded(parts, { ...body, channel: form?.channel }, async (by) => {
        if (!form) return refusalText(UNREADABLE);
        const said = await act(parts, { by, about: form.about, typed: (input) => typed.get(input) ?? '' });
        if (said === null || typeof said === 'string') return said;
        where = said.input;
        return said.text;
      });
      const answered = await inTime(parts.clock, BUDGET_MS, work);
      if (answered !== 'late' && answered !== null) {
        await ack({ response_action: 'errors', errors: { [where]: plainly(answered) } });
        return;
      }
      await ack();
      const text = await work;
      if (form?.channel === '') {
        await parts.home.show(actedIn(body), { notice: text ?? done });
        return;
      }
      if (text === null || !form) return;
      const { channel, thread } = form;
      await parts.tell({ channel, thread, user: body.user.id }, { text, blocks: [] });
    },
  );
}

/** What every interaction tells of who acts. */
interface Acting {
  readonly user: { readonly id: string; readonly team_id?: string | undefined };
  readonly team: { readonly id: string; readonly enterprise_id?: string | undefined } | null;
  readonly enterprise?: { readonly id: string } | null | undefined;
  /** Where the button stands; empty: nowhere, as on Home. */
  readonly channel?: string | { readonly id: string } | undefined;
}

/** Who clicked is a full member of our team, and whatever fails becomes an answer. */
export async function guarded(
  parts: ActionParts,
  { user, team, enterprise, channel }: Acting,
  act: (by: Person) => Promise<string | null>,
): Promise<string | null> {
  // Both must be ours: the team where the click was made, and the clicking person's own.
  const ids = { enterprise: enterprise?.id ?? team?.enterprise_id, user: user.id };
  const own = personOf({ ...ids, team: user.team_id ?? team?.id }, parts.slack);
  const scene = personOf({ ...ids, team: team?.id }, parts.slack);
  const refuse = async (problem: Problem): Promise<string> => {
    const by = { enterprise: ids.enterprise ?? null, team: user.team_id ?? team?.id ?? '', user: user.id };
    await parts.client.noteRefusal({ what: 'click', by, problem });
    return refusalText(problem);
  };
  try {
    if ('problem' in own) return await refuse(own.problem);
    if ('problem' in scene) return await refuse(scene.problem);
    const stranger = await refuseStranger(parts, user.id, channel);
    return stranger ? await refuse(stranger) : await act(own.person);
  } catch (error) {
    return parts.failure(error);
  }
}

/** Why nobody decides anything as this account, or there. Both are asked at once. */
async function refuseStranger(
  { membership, placement }: Pick<ActionParts, 'membership' | 'placement'>,
  user: string,
  channel: Acting['channel'],
): Promise<Problem | null> {
  const where = typeof channel === 'string' ? channel : (channel?.id ?? '');
  const [person, place] = await Promise.all([
    membership.refuse(user),
    where === '' ? null : placement.refuseShared(where),
  ]);
  return person ?? place;
}

/** Where the clicking person looks: the card's channel, and the thread if the button stands in one. */
export function listenerOf(body: BlockAction): Listener {
  const { container } = body;
  const threads: readonly unknown[] = [container['thread_ts'], body.message?.['thread_ts']];
  const thread = threads.find((each) => typeof each === 'string');
  // The first message of a thread names itself as the thread; what is said about it belongs beside it.
  const isReply = thread !== undefined && thread !== body.message?.ts;
  return {
    channel: body.channel?.id ?? '',
    user: body.user.id,
    thread: isReply && typeof thread === 'string' ? thread : null,
  };
}

/** Opens a form, and gives it as Slack has it. Throws Fault when Slack does not: the trigger of a click lives 3 s. */
export async function openForm(
  web: WebClient,
  opening: Parameters<WebClient['views']['open']>[0],
): Promise<{ readonly id: string; readonly hash: string }> {
  try {
    const { view } = await web.views.open(opening);
    return { id: view?.id ?? '', hash: view?.hash ?? '' };
  } catch (cause) {
    const problem = {
      code: 'slack.form',
      message: 'Slack did not open the form.',
      remedy: 'Click once more.',
    };
    throw new Fault({ ...problem, retry: 'later' }, { cause });
  }
}

/** Errors under an input are plain text: mrkdwn's entities would be shown as they are. */
export function plainly(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\u2060', '');
}
