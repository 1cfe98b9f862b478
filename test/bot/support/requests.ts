import type { LabAnswer } from '../../../lab/slack/client';
import type { Fields } from '../../../lab/slack/fields';
import type { Plan } from '../../../src/core/delegation/plan';
import type { RecordChange } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import { planOf } from '../../support/request-record';
import { asked, messagesIn, type Practice } from './practice';
import { part } from './usual-request';

const entry = { what: 'test', who: 'test', at: 0, detail: {} };

/** Commits what a worker would have. */
export async function commit(
  { ledger }: Practice,
  record: RequestRecord,
  change: RecordChange,
): Promise<RequestRecord> {
  const seen = await ledger.read(record.id);
  const committed = seen && (await ledger.commit(seen, change, entry));
  if (!committed) throw new Error(`${record.label} could not be brought to ${change.state}`);
  return committed;
}

/** The plan that a worker would have made for the record now. */
export function freshPlan(record: RequestRecord, changes: Partial<Plan> = {}): Plan {
  const decideBy = Date.now() + 3_600_000;
  return planOf(record.intake.statement, { directory: part, decideBy, ...changes });
}

/** A request that waits for approval, and its card in Slack. */
export async function waiting(
  practice: Practice,
  changes: Partial<Plan> = {},
): Promise<{ record: RequestRecord; card: Fields; ts: string }> {
  const text = '/delegate hyper-v01 -> hyper-v02';
  const planning = await asked(
    practice,
    await practice.lab.command({ user: 'requester', channel: 'hyper-v', text }),
  );
  const record = await commit(practice, planning, { state: 'waiting', plan: freshPlan(planning, changes) });
  await practice.report(record.id);
  const card = await cardOf(practice, record);
  return { record, card, ts: String(card['ts']) };
}

/** The card of a request. Throws when there is none, or more than one. */
export async function cardOf(practice: Practice, { id }: RequestRecord): Promise<Fields> {
  const cards = (await messagesIn(practice, 'hyper-v')).filter((message) => keyOf(message, id) === 'card');
  const [card] = cards;
  if (!card || cards.length > 1) throw new Error(`There are ${cards.length} cards`);
  return card;
}

/** The replies in the card's thread by key; a key that stands there twice is in the list twice. */
export async function replyKeys(practice: Practice, record: RequestRecord, ts: string): Promise<string[]> {
  const thread = await messagesIn(practice, 'hyper-v', ts);
  return thread.map((message) => keyOf(message, record.id) ?? '?').filter((key) => key !== 'card');
}

/** Presses a button of a card. */
export function press(
  practice: Practice,
  ts: string,
  click: { user: string; action: string },
): Promise<LabAnswer> {
  return practice.lab.click({ user: click.user, channel: 'hyper-v', ts, action_id: click.action });
}

/** What the person was told privately between the click and its ack. */
export function told(answer: LabAnswer): string {
  return answer.ephemerals.map((message) => String(message['text'])).join('\n');
}

function keyOf(message: Fields, request: string): string | null {
  const metadata = message['metadata'] as { event_payload?: { request?: string; key?: string } } | undefined;
  return metadata?.event_payload?.request === request ? (metadata.event_payload.key ?? null) : null;
}
