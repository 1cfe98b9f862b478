import type { ModalView } from '@slack/types';
import { highRiskOf, namesChangedHost } from '../../core/policy/high-risk';
import type { Policy } from '../../core/policy/schema';
import type { Problem } from '../../core/problem';
import { brokenGlass } from '../../core/request/break-glass';
import type { Person } from '../../core/request/statement';
import type { Answered, RequestClient, Submitted } from '../../jobs/client';
import type { RequestRecord } from '../../core/request/record';
import { readButton, type ButtonAbout } from '../cards/button-value';
import { channelLink } from '../cards/text';
import type { Listener } from '../private-answer';
import { refusalText } from '../refusal';
import { approveForm, wrongHost } from './approve-form';
import { denyForm } from './deny-form';
import { glassForm } from './glass-form';
import { reviewForm } from './review-form';

/** A click on one of our buttons. */
export interface Click {
  readonly action: string;
  readonly value: string | undefined;
  readonly by: Person;
  readonly listener: Listener;
  /** Idempotency key: one click makes one request. */
  readonly key: string;
  readonly openForm: (view: ModalView) => Promise<void>;
}

/** What clicks need. `poke` asks for the request's thread to be brought up to date. */
export interface ClickParts {
  readonly client: RequestClient;
  readonly policy: Policy;
  readonly poke: (id: string) => void;
}

type Act = (parts: ClickParts, click: Click & { readonly about: ButtonAbout }) => Promise<string | null>;

/** What each button does. The ids are stable: outside tools click them. */
const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['request.approve', approve],
  ['request.glass', openGlassForm],
  ['request.review', openReviewForm],
  ['request.deny', openDenyForm],
  ['request.withdraw', withdraw],
  ['request.stop', stop],
  ['request.pause', ({ client, poke }, { about, by }) => said(poke, client.pause({ id: about.id, by }))],
  ['request.resume', ({ client, poke }, { about, by }) => said(poke, client.resume({ id: about.id, by }))],
  [
    'request.retry-failed',
    ({ client, poke }, { about, by }) => said(poke, client.retryFailed({ id: about.id, by })),
  ],
  ['request.replan', ({ client, poke }, { about, by }) => said(poke, client.replan({ id: about.id, by }))],
  ['request.host-back', hostBack],
  ['request.look', lookNow],
  ['request.undo', ({ client }, click) => child((input) => client.undo(input), click)],
  ['request.retry', ({ client }, click) => child((input) => client.retry(input), click)],
  [
    'request.extend',
    (parts, click) => child((input) => parts.client.extend({ ...input, forMs: null }), click),
  ],
]);

const NEWEST = 'Look for the newest card of the request.';

/** A button or form whose value is none of ours. */
export const UNREADABLE: Problem = {
  code: 'button.unreadable',
  summary: 'This is none of Handover’s, or too old: it does not say which plan it is about.',
  remedy: NEWEST,
};

const UNKNOWN: Problem = {
  code: 'action.unknown',
  summary: 'Handover does not know this button (any more).',
  remedy: NEWEST,
};

/** Does what a button says. Gives the private answer in mrkdwn, or null when the card itself is the answer. Throws Fault. */
export async function actOn(parts: ClickParts, click: Click): Promise<string | null> {
  const act = ACTS.get(click.action);
  if (!act) return refusalText(UNKNOWN);
  const about = readButton(click.value);
  return about ? act(parts, { ...click, about }) : refusalText(UNREADABLE);
}

/** Records a decision, and says why not if it was refused. Null when it stands. */
export async function decide(
  { client, poke }: ClickParts,
  input: Parameters<RequestClient['decide']>[0],
): Promise<string | null> {
  return afterwards(poke, await client.decide(input));
}

/** At once, or in a form that asks for a host's name where the risk is high. */
async function approve(
  parts: ClickParts,
  { about, by, listener, openForm }: Parameters<Act>[1],
): Promise<string | null> {
  const may = await parts.client.mayAnswer({ ...about, by, verdict: 'approve' });
  if (may.kind === 'refused') return afterwards(parts.poke, may);
  const part = may.record.plan?.directory;
  const why = part ? highRiskOf(parts.policy, part) : null;
  if (!part || why === null) return decide(parts, { ...about, by, verdict: 'approve', reason: '' });
  const { channel, thread } = listener;
  await openForm(approveForm(may.record, { about, channel, thread }, { part, why }));
  return null;
}

/** Approves what a submitted form is about, if the typed host is one of its plan; else why not. `glass`: why it is broken; null: it is not. */
export async function approveTyped(
  parts: ClickParts,
  {
    about,
    by,
    typed,
    glass = null,
  }: { about: ButtonAbout; by: Person; typed: string; glass?: string | null },
): Promise<string | null> {
  const breaksGlass = glass !== null;
  const may = await parts.client.mayAnswer({ ...about, by, verdict: 'approve', breaksGlass });
  if (may.kind === 'refused') return afterwards(parts.poke, may);
  const part = may.record.plan?.directory;
  if (!part || !namesChangedHost(part, typed)) return wrongHost(typed);
  return decide(parts, { ...about, by, verdict: 'approve', breaksGlass, reason: glass ?? '' });
}

/** Records a review, and says why not if it was refused. */
export async function review(
  { client, poke }: ClickParts,
  input: Parameters<RequestClient['review']>[0],
): Promise<string | null> {
  return afterwards(poke, await client.review(input));
}

/** For those whom the policy lets break the glass; nothing is decided before the form says why. */
async function openGlassForm(
  { client, poke }: ClickParts,
  { about, by, listener, openForm }: Parameters<Act>[1],
): Promise<string | null> {
  const may = await client.mayAnswer({ ...about, by, verdict: 'approve', breaksGlass: true });
  if (may.kind === 'refused') return afterwards(poke, may);
  const part = may.record.plan?.directory;
  if (!part) return refusalText(UNREADABLE);
  const { channel, thread } = listener;
  await openForm(glassForm(may.record, { about, channel, thread }, part));
  return null;
}

async function openReviewForm(
  { client, poke }: ClickParts,
  { about, by, listener, openForm }: Parameters<Act>[1],
): Promise<string | null> {
  const may = await client.mayReview({ id: about.id, by });
  if (may.kind === 'refused') return afterwards(poke, may);
  const broken = brokenGlass(may.record);
  if (!broken) return refusalText(UNREADABLE);
  const { channel, thread } = listener;
  await openForm(reviewForm(may.record, { about, channel, thread }, broken));
  return null;
}

async function openDenyForm(
  { client }: ClickParts,
  { about, by, listener, openForm }: Parameters<Act>[1],
): Promise<string | null> {
  const may = await client.mayAnswer({ ...about, by, verdict: 'deny' });
  if (may.kind === 'refused') return refusalText(may.problem, may.record);
  const { channel, thread } = listener;
  await openForm(denyForm(may.record, { about, channel, thread }));
  return null;
}

async function withdraw(
  { client, poke }: ClickParts,
  { about, by }: Parameters<Act>[1],
): Promise<string | null> {
  return afterwards(poke, await client.withdraw({ id: about.id, by }));
}

async function stop({ client, poke }: ClickParts, { about, by }: Parameters<Act>[1]): Promise<string | null> {
  return afterwards(poke, await client.stop({ id: about.id, by }));
}

async function hostBack(
  { client, poke }: ClickParts,
  { about: { id, round }, by }: Parameters<Act>[1],
): Promise<string | null> {
  return round === undefined ? refusalText(UNREADABLE) : said(poke, client.hostBack({ id, round, by }));
}

async function said(poke: ClickParts['poke'], answered: Promise<Answered>): Promise<string | null> {
  return afterwards(poke, await answered);
}

async function lookNow({ client }: ClickParts, { about }: Parameters<Act>[1]): Promise<string | null> {
  await client.lookNow(about.id);
  return '👀 The worker looks now. The card says what it saw; nothing is changed by looking.';
}

async function child(
  make: (input: Parameters<RequestClient['retry']>[0]) => Promise<Submitted>,
  { about, by, listener, key }: Parameters<Act>[1],
): Promise<string | null> {
  const submitted = await make({ request: about.id, by, channel: listener.channel, key });
  return submitted.kind === 'refused' ? refusalText(submitted.problem) : childText(submitted.record);
}

/** What a person is told who has just asked for a child request. */
function childText({ label, card, parent }: RequestRecord): string {
  const after = parent ? `, after ${parent.label}` : '';
  return `${label} received${after}: its card is in ${channelLink(card.channel)}. Nothing is changed before somebody approves it.`;
}

function afterwards(poke: ClickParts['poke'], answered: Answered): string | null {
  // A refusal may mean that the card on the screen is behind: bring it up to date as well.
  if (answered.record && (answered.kind === 'refused' || answered.record.ending)) poke(answered.record.id);
  return answered.kind === 'refused' ? refusalText(answered.problem, answered.record) : null;
}
