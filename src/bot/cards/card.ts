import type { KnownBlock } from '@slack/types';
import { parseCommand } from '../../core/commands/parse';
import { planDigests } from '../../core/request/fingerprint';
import type { RequestRecord } from '../../core/request/record';
import { writeButton } from './button-value';
import { badge, heading, powerSentence } from './headline';
import { buttons, context, section, type Message } from './message';
import { changeBlocks, warningBlocks } from './plan-blocks';
import { stateBlocks } from './state-blocks';
import { code, date, inert, mention, quoted } from './text';

/** What a request's card offers, by state. Ids are stable: outside tools click them. */
const APPROVE = { action: 'request.approve', label: 'Approve', style: 'primary' } as const;
const DENY = { action: 'request.deny', label: 'Deny…', style: 'danger' } as const;
const WITHDRAW = { action: 'request.withdraw', label: 'Withdraw' } as const;

/**
 * The one card of a request: the power first, then the exact change, warnings, what became of it, buttons, and last a small line. A pure
 * function of the record, so that the card can always be made again.
 */
export function card(record: RequestRecord): Message {
  return { text: sentence(record), blocks: blocksOf(record) };
}

/** The card in one sentence, for notifications and screen readers. */
function sentence(record: RequestRecord): string {
  const { by } = record.intake.statement;
  const power = powerSentence(record);
  const what = record.state === 'waiting' && power ? inert(power) : heading(record);
  return `${record.label} · ${badge(record)} · ${what} · asked by ${mention(by)}`;
}

function blocksOf(record: RequestRecord): KnownBlock[] {
  const { by } = record.intake.statement;
  const power = powerSentence(record);
  const isOpen = record.ending === null;
  const first = power && isOpen ? `*${inert(power)}*` : heading(record);
  const { plan } = record;
  const hasChange = plan !== null && record.state !== 'planning' && record.state !== 'refused';
  return [
    section(`${badge(record)} · ${record.label} · asked by ${mention(by)}`),
    section(first),
    ...askedFor(record),
    ...(hasChange ? changeBlocks(plan) : []),
    ...(hasChange ? warningBlocks(plan) : []),
    ...stateBlocks(record),
    ...buttonRow(record),
    context(smallPrint(record)),
  ];
}

function askedFor(record: RequestRecord): KnownBlock[] {
  const parsed = parseCommand('/hv', record.intake.statement.command);
  if (!parsed.ok || parsed.ask.verb !== 'delegate') return [];
  const { reason, ticket } = parsed.ask;
  const lines = [
    ...(reason === null ? [] : [`*Reason* ${quoted(reason)}`]),
    ...(ticket === null ? [] : [`*Ticket* ${code(ticket)}`]),
  ];
  return lines.length === 0 ? [] : [section(lines.join('   '))];
}

function buttonRow(record: RequestRecord): KnownBlock[] {
  const { plan } = record;
  const { fingerprint } = plan ? planDigests(record.intake.statement, plan) : { fingerprint: '' };
  const value = writeButton(record, fingerprint);
  if (record.state === 'waiting') return [buttons(value, [APPROVE, DENY, WITHDRAW])];
  return record.state === 'planning' ? [buttons(value, [WITHDRAW])] : [];
}

function smallPrint(record: RequestRecord): string {
  const { plan } = record;
  if (!plan) return `Asked ${date(record.intake.statement.at)}`;
  const parts = [
    `Plan ${plan.number} · ${plan.fingerprint.slice(0, 8)}`,
    `read ${date(plan.observedAt)} from ${inert(plan.server)}`,
    ...(record.state === 'waiting' ? [`expires ${date(plan.decideBy)}`] : []),
  ];
  return parts.join(' · ');
}
