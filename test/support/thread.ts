import { readDelegation } from '../../lab/directory/delegation';
import type { DomainAccess } from '../../lab/directory/domain';
import type { Fields } from '../../lab/slack/fields';
import { isFields } from '../../lab/slack/fields';
import { waitFor } from '../../lab/wait-for';
import type { ListChange } from '../../src/core/delegation/plan';
import { listChanges } from '../../src/core/delegation/powers';
import { isAmong } from '../../src/core/delegation/values';
import { reversalId } from '../../src/core/request/new-record';
import { ask, press, reports, type Asked } from './conversation';
import { testDomain } from './domain';
import type { Instance } from './instance';

/** Asks for a change and has it approved; resolves when the click was answered. */
export async function askApproved(instance: Instance, command: string): Promise<Asked> {
  const asked = await ask(instance, command);
  await approve(instance, asked);
  return asked;
}

/** The approver's click. */
export async function approve(instance: Instance, asked: Asked): Promise<void> {
  const answer = await press(instance, asked, { user: 'approver', action: 'request.approve' });
  expect(answer).toMatchObject({ ok: true });
}

/** The request that somebody makes by `act`. */
export async function requestBy(instance: Instance, act: () => Promise<unknown>): Promise<Asked> {
  const before = new Set(await instance.ledger.openRequests());
  await act();
  return waitFor('a new request', async () => {
    const id = (await instance.ledger.openRequests()).find((open) => !before.has(open));
    const record = id === undefined ? null : await instance.ledger.read(id);
    return record ? { id: record.id, label: record.label } : undefined;
  });
}

/** What takes away again what the request added for a time, once there is one. */
export function reversalOf(instance: Instance, { id, label }: Asked): Promise<Asked> {
  return waitFor(`the reversal of ${label}`, async () => {
    const number = (await instance.ledger.read(id))?.plan?.number ?? 0;
    const reversal = await instance.ledger.read(reversalId(id, number));
    return reversal ? { id: reversal.id, label: reversal.label } : undefined;
  });
}

/** Waits until the request's card says this, and gives all that can be read on it. */
export function cardSays(instance: Instance, asked: Asked, pattern: RegExp): Promise<string> {
  return waitFor(`the card of ${asked.label} to say ${pattern}`, async () => {
    const [card] = await messagesOf(instance, asked);
    const text = card ? textOf(card) : '';
    return pattern.test(text) ? text : undefined;
  });
}

/** Waits until a reply in the request's thread says this, and gives all that can be read in that reply. */
export function threadSays(instance: Instance, asked: Asked, pattern: RegExp): Promise<string> {
  return waitFor(`the thread of ${asked.label} to say ${pattern}`, async () => {
    const [, ...replies] = await messagesOf(instance, asked);
    return replies.map(textOf).find((text) => pattern.test(text));
  });
}

/** The card and its replies, oldest first; nothing as long as there is no card. */
async function messagesOf({ client, ledger }: Instance, { id }: Asked): Promise<Fields[]> {
  const card = (await ledger.delivered(id)).get('card');
  return card?.ts ? client.messages({ channel: card.channel, thread_ts: card.ts }) : [];
}

/** All that a person reads in a message, a line each. */
export function textOf(message: Fields): string {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isFields(value)) {
      if (typeof value['text'] === 'string') found.push(value['text']);
      Object.values(value).forEach(visit);
    }
  };
  visit(message['blocks']);
  return found.join('\n');
}

/**
 * The request's one final report, once each of its claims about a host's list is what the directory's administrator reads there:
 * changed, not changed, or not said because it is neither.
 */
export async function trueReport(
  instance: Instance,
  asked: Asked,
  domain: DomainAccess = testDomain(),
): Promise<string> {
  const [report, ...others] = await reports(instance, asked);
  expect(others).toEqual([]);
  const text = report ? textOf(report) : '';
  const record = await instance.ledger.read(asked.id);
  const changes = record?.plan ? listChanges(record.plan.directory) : [];
  const stored = await Promise.all(changes.map(({ name }) => readDelegation(domain, name)));
  expect(changes.map(({ name }) => [name, claimOf(text, name)])).toEqual(
    changes.map((change, index) => [change.name, truthOf(change, stored[index] ?? [])]),
  );
  return text;
}

function claimOf(text: string, name: string): string {
  const lines = text.split('\n').filter((line) => line.includes(name));
  if (lines.some((line) => /^(?:Written on|Found written|Done by hand)/.test(line))) return 'changed';
  return lines.some((line) => /^(?:Not changed: |Nothing was changed)/.test(line))
    ? 'not changed'
    : 'neither';
}

function truthOf({ add, remove }: ListChange, values: readonly string[]): string {
  const [added, removed] = [add, remove].map((list) => list.filter((value) => isAmong(values, value)).length);
  // What is only kept was there before, and is told as staying.
  if (add.length + remove.length === 0) return 'neither';
  if (added === add.length && removed === 0) return 'changed';
  return added === 0 && removed === remove.length ? 'not changed' : 'neither';
}
