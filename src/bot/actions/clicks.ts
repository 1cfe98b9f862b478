import type { ModalView } from '@slack/types';
import type { Problem } from '../../core/problem';
import type { Person } from '../../core/request/statement';
import type { Answered, RequestClient } from '../../jobs/client';
import { readButton, type ButtonAbout } from '../cards/button-value';
import type { Listener } from '../private-answer';
import { refusalText } from '../refusal';
import { denyForm } from './deny-form';

/** A click on one of our buttons. */
export interface Click {
  readonly action: string;
  readonly value: string | undefined;
  readonly by: Person;
  readonly listener: Listener;
  readonly openForm: (view: ModalView) => Promise<void>;
}

/** What clicks need. `poke` asks for the request's thread to be brought up to date. */
export interface ClickParts {
  readonly client: RequestClient;
  readonly poke: (id: string) => void;
}

type Act = (parts: ClickParts, click: Click & { readonly about: ButtonAbout }) => Promise<string | null>;

/** What each button does. The ids are stable: outside tools click them. */
const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['request.approve', approve],
  ['request.deny', openDenyForm],
  ['request.withdraw', withdraw],
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

async function approve(parts: ClickParts, { about, by }: Parameters<Act>[1]): Promise<string | null> {
  return decide(parts, { ...about, by, verdict: 'approve', reason: '' });
}

async function openDenyForm(
  { client }: ClickParts,
  { about, by, listener, openForm }: Parameters<Act>[1],
): Promise<string | null> {
  const may = await client.mayAnswer({ ...about, by });
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

function afterwards(poke: ClickParts['poke'], answered: Answered): string | null {
  // A refusal may mean that the card on the screen is behind: bring it up to date as well.
  if (answered.record && (answered.kind === 'refused' || answered.record.ending)) poke(answered.record.id);
  return answered.kind === 'refused' ? refusalText(answered.problem, answered.record) : null;
}
