import type { App, BlockAction, GlobalShortcut, ViewSubmitAction } from '@slack/bolt';
import type { Understood } from '../../../core/commands/understood';
import { printAsk } from '../../../core/commands/print';
import { refuseTicket } from '../../../core/policy/tickets';
import { mayUse } from '../../../core/policy/use';
import type { Random } from '../../../core/ports';
import type { Person } from '../../../core/request/statement';
import type { Policy } from '../../../core/settings';
import { guarded, listenerOf, openForm, type ActionParts } from '../../actions/register';
import { inTime } from '../../in-time';
import { refusalText } from '../../refusal';
import type { Where } from '../where';
import { composeFill } from './compose';
import {
  CHECK_NAMES,
  COMPUTER,
  FILL,
  OPEN_DELEGATION,
  PLAN,
  SAY,
  SUGGESTED,
  TICKET,
  TRUST,
  TRY_AGAIN,
} from './fields';
import { checkTyped } from './check-names';
import { fillHolds, plainContent, readingNews, readingView } from './fill';
import { showsBlocked } from './fill-view';
import { firstState, untickedBy } from './first-state';
import { readFill } from './form-state';
import { beginPlan, fillPlan, planAgain, readPlan, readSaying } from './plan';
import { answeredView, doneView } from './plan-view';
import { sayView } from './say-view';
import { showFill, type ShownForms } from './show-fill';

/** What the form needs beside what actions need. */
export interface DelegationFormParts extends ActionParts {
  readonly policy: Policy;
  readonly random: Random;
  readonly shown: ShownForms;
  /** Where a request from nowhere (Home, the shortcut) is shown. */
  readonly approvals: string;
}

/** Slack waits 3 s for the options of a menu, and for an answer to a submission; milliseconds. */
const OPTIONS_MS = 2_700;
const BUDGET_MS = 1_500;

/** What came of opening: what the person is told instead, null when the form is open, and what fills it. */
interface Opened {
  readonly told: string | null;
  readonly fill: () => Promise<void>;
}

/** Opens the form at once, before any worker is asked: the trigger of a click lives 3 s. */
export async function openDelegation(
  parts: DelegationFormParts,
  body: Pick<BlockAction | GlobalShortcut, 'user' | 'team' | 'enterprise' | 'trigger_id'>,
  { where, understood }: { where: Where; understood: Understood | null },
): Promise<Opened> {
  let fill = (): Promise<void> => Promise.resolve();
  const told = await guarded(parts, body, async (by) => {
    if (!mayAskAny(parts.policy, by)) {
      await parts.client.noteRefusal({ what: 'form', by, problem: NOT_ALLOWED });
      return refusalText(NOT_ALLOWED);
    }
    const state = firstState(understood, { where, mayTrust: mayUse(parts.policy, ['trust-mode'], by) });
    const view = await openForm(parts.web, { trigger_id: body.trigger_id, view: readingView(state) });
    parts.shown.keep(view.id, view.hash, { ...plainContent(state), ...readingNews(state) });
    fill = () => fillHolds(parts, view, { state, by, unticked: untickedBy(understood) });
    return null;
  });
  return { told, fill };
}

/** Acknowledges when the form is open, or half of the time that Slack waits is over; tells what went wrong. */
export async function acknowledgeOpening(
  parts: DelegationFormParts,
  ack: () => Promise<void>,
  { opening, tell }: { opening: Promise<Opened>; tell: (text: string) => Promise<void> },
): Promise<void> {
  await inTime(parts.clock, BUDGET_MS, opening);
  await ack();
  const { told, fill } = await opening;
  if (told !== null) await tell(told);
  await fill();
}

const NOT_ALLOWED = {
  code: 'request.not-allowed',
  summary: 'You are not among those who may ask for delegations.',
  remedy: 'Ask the owner of handover.yaml to add you to the requesters.',
};

function mayAskAny(policy: Policy, by: Person): boolean {
  return mayUse(policy, ['delegation-add'], by) || mayUse(policy, ['delegation-remove'], by);
}

/** Registers the form of /delegate and /undelegate, and what opens it empty. */
export function registerDelegation(app: App, parts: DelegationFormParts): void {
  registerOpening(app, parts);
  registerFilling(app, parts);
  registerSteps(app, parts);
}

function registerOpening(app: App, parts: DelegationFormParts): void {
  app.action<BlockAction>(OPEN_DELEGATION, async ({ ack, body, respond }) => {
    const listener = listenerOf(body);
    const { channel, thread } = listener;
    const opening = openDelegation(parts, body, { where: { channel, thread }, understood: null });
    const tell = (text: string) => parts.tell(listener, { text, blocks: [] }, respond);
    await acknowledgeOpening(parts, ack, { opening, tell });
  });

  app.shortcut<GlobalShortcut>({ callback_id: OPEN_DELEGATION, type: 'shortcut' }, async ({ ack, body }) => {
    const where = { channel: '', thread: null };
    const opening = openDelegation(parts, body, { where, understood: null });
    const listener = { channel: parts.approvals, thread: null, user: body.user.id };
    const tell = (text: string) => parts.tell(listener, { text, blocks: [] });
    await acknowledgeOpening(parts, ack, { opening, tell });
  });

  app.options(SUGGESTED, async ({ ack, body }) => {
    let names: readonly string[] = [];
    const work = guarded(parts, body, async (by) => {
      names = await parts.client.suggestNames(body.value, by);
      return null;
    });
    await inTime(parts.clock, OPTIONS_MS, work);
    const option = (name: string) => ({ text: { type: 'plain_text' as const, text: name }, value: name });
    await ack({ options: names.filter(({ length }) => length <= 75).map(option) });
  });
}

function registerFilling(app: App, parts: DelegationFormParts): void {
  app.action<BlockAction>(COMPUTER, async ({ ack, body }) => {
    await ack();
    const { view } = body;
    await guarded(parts, body, async (by) => {
      const state = view ? readFill(view) : null;
      if (!view || !state || state.computer === state.holdsOf) return null;
      const reading = await showFill(parts, view, { seen: plainContent(state), news: readingNews(state) });
      if (reading) await fillHolds(parts, reading, { state, by, unticked: () => false });
      return null;
    });
  });

  app.action<BlockAction>(TRUST, async ({ ack, body }) => {
    await ack();
    const { view } = body;
    const state = view ? readFill(view) : null;
    // An update that changes nothing would only come in the way of others.
    if (!view || !state || (state.trust === 'any-service') === showsBlocked(view)) return;
    // What was chosen is in the click, so this only shows what follows from it.
    await showFill(parts, view, { seen: plainContent(state), news: { trust: state.trust } });
  });

  app.action<BlockAction>(CHECK_NAMES, async ({ ack, body }) => {
    await ack();
    const { view } = body;
    await guarded(parts, body, async (by) => {
      if (view) await checkTyped(parts, view, { state: readFill(view), by });
      return null;
    });
  });
}

function registerSteps(app: App, parts: DelegationFormParts): void {
  app.view<ViewSubmitAction>({ callback_id: FILL, type: 'view_submission' }, async ({ ack, view }) => {
    const state = readFill(view);
    const composed = composeFill(state);
    if ('errors' in composed) await ack({ response_action: 'errors', errors: composed.errors });
    else await ack({ response_action: 'push', view: sayView(state, composed.ask) });
  });

  app.view<ViewSubmitAction>({ callback_id: SAY, type: 'view_submission' }, async ({ ack, body, view }) => {
    const { composed, where } = readSaying(view);
    if ('errors' in composed) {
      await ack({ response_action: 'errors', errors: composed.errors });
      return;
    }
    const problem = refuseTicket(parts.policy, composed.ask);
    if (problem) {
      await ack({ response_action: 'errors', errors: { [TICKET]: problem.summary } });
      return;
    }
    const begun = beginPlan(parts.random, { ask: composed.ask, where });
    await ack({ response_action: 'push', view: begun.view });
    await guarded(parts, body, async (by) => {
      await fillPlan(parts, begun.about, by);
      return null;
    });
  });

  app.action<BlockAction>(TRY_AGAIN, async ({ ack, body }) => {
    await ack();
    const { view } = body;
    const about = view ? readPlan(view) : null;
    await guarded(parts, body, async (by) => {
      if (view && about) await planAgain(parts, view, { about, by });
      return null;
    });
  });

  app.view<ViewSubmitAction>({ callback_id: PLAN, type: 'view_submission' }, async ({ ack, body, view }) => {
    const work = askForIt(parts, body);
    const text = await inTime(parts.clock, BUDGET_MS, work);
    const answered = (said: string) => answeredView(readPlan(view), said);
    await ack({ response_action: 'update', view: text === 'late' ? doneView(LATE) : answered(text) });
    if (text === 'late') await parts.web.views.update({ view_id: view.id, view: answered(await work) });
  });
}

const LATE =
  '⏳ This takes longer than it should; the answer follows here. Nothing is changed before somebody approves.';

/** Records the request of the third step. One view is one request, however often it is sent. */
async function askForIt(parts: DelegationFormParts, body: ViewSubmitAction): Promise<string> {
  const { view } = body;
  const about = readPlan(view);
  let text = '';
  const refused = await guarded(parts, body, async (by) => {
    if (!about)
      return refusalText({
        code: 'form.unreadable',
        summary: 'This form is too old.',
        remedy: 'Open it again.',
      });
    const channel = about.where.channel || parts.approvals;
    const asked = { entry: '/hv' as const, text: printAsk(about.ask), by, channel };
    const answer = await parts.answer({ ...asked, key: `view-${view.id}` });
    ({ text } = answer.now);
    return null;
  });
  return refused ?? text;
}
