import type { Fields } from '../../lab/slack/fields';
import type { LabAnswer } from '../../lab/slack/client';
import { waitFor } from '../../lab/wait-for';
import type { RequestRecord } from '../../src/core/request/record';
import type { State } from '../../src/core/request/states';
import type { Instance } from './instance';

/** A request as a scenario follows it. */
export interface Asked {
  readonly label: string;
  readonly id: string;
}

/** Sends a slash command in #hyper-v as the requester (or another) and gives the request that came of it. */
export async function ask(instance: Instance, text: string, user = 'requester'): Promise<Asked> {
  const answer = await instance.client.command({ user, channel: 'hyper-v', text });
  const label = /R-\d+/.exec(said(answer))?.[0];
  if (!answer.ok || !label) throw new Error(`No request came of ${text}: ${JSON.stringify(answer)}`);
  const record = await instance.ledger.findByLabel(label);
  if (!record) throw new Error(`${label} is not in the ledger`);
  return { label, id: record.id };
}

/** Everything that an answer told the person who acted. */
export function said(answer: LabAnswer): string {
  return JSON.stringify([answer.ack, answer.ephemerals]);
}

/** Waits until the request is in one of these states, and gives its record. */
export function reaches(
  instance: Instance,
  { id, label }: Asked,
  ...states: State[]
): Promise<RequestRecord> {
  return waitFor(`${label} to be ${states.join(' or ')}`, async () => {
    const record = await instance.ledger.read(id).catch(() => null);
    return record && states.includes(record.state) ? record : undefined;
  });
}

/** Waits for the request's card with a button for this action and the plan that the ledger holds, and gives the message. */
export function cardWith(instance: Instance, { label, id }: Asked, actionId: string): Promise<Fields> {
  return waitFor(`a card of ${label} with ${actionId}`, async () => {
    const [cards, record] = [await channelMessages(instance), await instance.ledger.read(id)];
    // As it stands in the button's value; a card may be behind its plan for a moment.
    const plan = `\\"p\\":${record?.plan?.number ?? 0},`;
    return cards.find((message) => [label, `"${actionId}"`, plan].every((text) => mentions(message, text)));
  });
}

/** What a person is told privately because of what `act` does: everything new that only that person sees. Waits for the first. */
export async function toldBy(instance: Instance, user: string, act: () => Promise<unknown>): Promise<string> {
  const seen = new Set((await privateMessages(instance, user)).map((message) => message['ts']));
  await act();
  return waitFor(`a private answer to ${user}`, async () => {
    const fresh = (await privateMessages(instance, user)).filter((message) => !seen.has(message['ts']));
    return fresh.length > 0 ? JSON.stringify(fresh) : undefined;
  });
}

async function privateMessages(instance: Instance, user: string): Promise<Fields[]> {
  const shared = new Set((await channelMessages(instance)).map((message) => message['ts']));
  const all = await instance.client.messages({ channel: 'hyper-v', user });
  return all.filter((message) => !shared.has(message['ts']));
}

/** Clicks a button of the request's card. */
export async function press(
  instance: Instance,
  asked: Asked,
  { user, action }: { user: string; action: string },
): Promise<LabAnswer> {
  const card = await cardWith(instance, asked, action);
  const order = { user, channel: 'hyper-v', ts: String(card['ts']), action_id: action };
  const clicked = await instance.client.click(order);
  const isHighRisk = clicked.view?.['callback_id'] === 'request.approve.submit';
  return isHighRisk ? typeHost(instance, asked, { user, view_id: String(clicked.view?.['id']) }) : clicked;
}

/** A high risk is approved by typing the name of a host that changes. */
async function typeHost(
  { client, ledger }: Instance,
  { id }: Asked,
  form: { user: string; view_id: string },
): Promise<LabAnswer> {
  const [change] = (await ledger.read(id))?.plan?.directory.changes ?? [];
  return client.submit({ ...form, values: { 'request.approve.host': change?.name ?? '' } });
}

/** The final reports of the request in its thread; a true bot has exactly one. Waits for the first. */
export async function reports(instance: Instance, asked: Asked): Promise<Fields[]> {
  return waitFor(`the report of ${asked.label}`, async () => {
    const record = await instance.ledger.read(asked.id);
    const card = (await instance.ledger.delivered(asked.id)).get('card');
    if (!record || !card?.ts || (await instance.ledger.unreported()).includes(asked.id)) return undefined;
    const thread = await instance.client.messages({ channel: card.channel, thread_ts: card.ts });
    const found = thread.filter((message) => mentions(message, '"outcome"'));
    return found.length > 0 ? found : undefined;
  });
}

/** What the audit of a request says, in order. */
export async function auditOf(instance: Instance, { id }: Asked): Promise<string[]> {
  return (await instance.ledger.audit(id)).map((record) => record.what);
}

/** All top-level messages of #hyper-v. */
function channelMessages(instance: Instance): Promise<Fields[]> {
  return instance.client.messages({ channel: 'hyper-v' });
}

function mentions(message: Fields, text: string): boolean {
  return JSON.stringify(message).includes(text);
}
