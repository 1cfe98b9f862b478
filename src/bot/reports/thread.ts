import type { RequestRecord } from '../../core/request/record';
import { card } from '../cards/card';
import { badge, heading } from '../cards/headline';
import { section, type Message } from '../cards/message';
import { sentences } from '../cards/state-blocks';
import { inert, mention } from '../cards/text';

/** A message that the thread of a request should show; `key` names it for good. */
export interface Wanted {
  readonly key: string;
  readonly message: Message;
}

/** Everything that should stand in Slack about a request now: its card, and the replies in its thread in their order. */
export function thread(record: RequestRecord): readonly Wanted[] {
  return [
    { key: 'card', message: card(record) },
    ...staleReplies(record),
    ...approvals(record),
    ...outcome(record),
  ];
}

function staleReplies(record: RequestRecord): Wanted[] {
  return record.voided.map(({ plan, sentence }) => {
    const text = `♻ Plan ${plan} is out of date: ${inert(sentence)} Nothing was written. Approvals of it are void.`;
    return { key: `stale-p${plan}`, message: plainly(text) };
  });
}

function approvals(record: RequestRecord): Wanted[] {
  const approved = record.decisions.filter(({ statement }) => statement.verdict === 'approve');
  return approved.map(({ statement }, index) => ({
    key: `approved-${index + 1}`,
    message: plainly(`👍 ${mention(statement.by)} approved plan ${statement.plan}.`),
  }));
}

/** The one final report, addressed to the requester. */
function outcome(record: RequestRecord): Wanted[] {
  if (!record.ending) return [];
  const head = `${badge(record)} · ${mention(record.intake.statement.by)} ${record.label} · ${heading(record)}`;
  const refusals = (record.plan?.verdicts ?? [])
    .filter(({ verdict }) => record.state === 'refused' && verdict === 'refuse')
    .slice(0, 5)
    .map(({ sentence }) => `• ${inert(sentence)}`);
  return [{ key: 'outcome', message: plainly([head, ...sentences(record), ...refusals].join('\n')) }];
}

function plainly(text: string): Message {
  return { text, blocks: [section(text)] };
}
