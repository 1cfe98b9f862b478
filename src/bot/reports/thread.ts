import type { KnownBlock } from '@slack/types';
import { quorumOf } from '../../core/request/policy';
import { kindsOf } from '../../core/request/decide';
import type { RequestRecord } from '../../core/request/record';
import type { Policy } from '../../core/settings';
import { voidedLine } from '../cards/account';
import { accountBlocks, card } from '../cards/card';
import { headlineOf } from '../cards/headline';
import { powerSentence } from '../cards/power';
import { plain, words, type Message } from '../cards/message';
import { refusalBlocks } from '../cards/plan-blocks';
import { inert, mention } from '../cards/text';

/** A message that should stand in Slack; `key` names it for good within its request. */
export interface Wanted {
  readonly key: string;
  readonly message: Message;
}

/** The key of the one top-level message; all others are replies to it. */
export const CARD_KEY = 'card';

/** Everything that should stand in Slack about a request now, the card first, then the replies in their order. */
export function thread(record: RequestRecord, policy: Policy): readonly Wanted[] {
  const overtaken = record.voided.flatMap((voided) => [
    ...approval(record, policy, voided.plan),
    { key: `stale-p${voided.plan}`, message: note(`♻ ${voidedLine(voided)}`) },
  ]);
  const isVoided = record.voided.some(({ plan }) => plan === record.plan?.number);
  return [
    { key: CARD_KEY, message: card(record, policy) },
    ...overtaken,
    ...(record.plan && !isVoided ? approval(record, policy, record.plan.number) : []),
    ...(record.ending ? [{ key: 'outcome', message: outcome(record) }] : []),
  ];
}

/** That a plan has all the approvals it needs; nothing as long as some are missing. */
function approval(record: RequestRecord, policy: Policy, plan: number): readonly Wanted[] {
  const approvers = record.decisions
    .map(({ statement }) => statement)
    .filter((decision) => decision.plan === plan && decision.verdict === 'approve')
    .map(({ by }) => mention(by));
  const quorum = record.plan ? quorumOf(policy, kindsOf(record.plan)) : 1;
  if (approvers.length < quorum) return [];
  const text = `👍 Plan ${plan} of ${record.label} was approved by ${approvers.join(' and ')}.`;
  return [{ key: `approved-p${plan}`, message: { text, blocks: [words(text)] } }];
}

/** The one final report. It mentions the requester, and says what was written where and how far that is proved. */
function outcome(record: RequestRecord): Message {
  const { badge, phrase } = headlineOf(record);
  const requester = mention(record.intake.statement.by);
  const refusals = record.state === 'refused' ? refusalBlocks(record.plan?.verdicts ?? []) : [];
  const power = powerSentence(record);
  const blocks: KnownBlock[] = [
    words(`${requester} ${badge} · ${record.label}`),
    plain(`${power}.`),
    ...accountBlocks(record),
    ...refusals,
  ];
  return { text: `${requester} ${record.label} ${phrase}: ${inert(power)}.`, blocks };
}

function note(text: string): Message {
  return { text: inert(text), blocks: [plain(text)] };
}
