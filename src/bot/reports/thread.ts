import type { KnownBlock } from '@slack/types';
import { waivingWindow } from '../../core/policy/waiver';
import { UNNEEDED } from '../../core/request/new-record';
import { isQuorate } from '../../core/request/given-votes';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import type { Policy } from '../../core/settings';
import { voidedLine } from '../cards/account';
import { accountBlocks, card, type CardContext } from '../cards/card';
import { handReplies } from '../cards/hand-replies';
import { headlineOf } from '../cards/headline';
import { beginsText } from '../cards/moves/window-text';
import { diagnosisReplies } from '../cards/moves/diagnosis-replies';
import { wordReplies } from '../cards/moves/word-replies';
import { plain, words, type Message } from '../cards/message';
import { refusalBlocks } from '../cards/plan-blocks';
import { powerSentence } from '../cards/power';
import { soFarLine } from '../cards/proof';
import { reversalOutcome, reversalWarning } from '../cards/reversal';
import { inert, mention } from '../cards/text';
import { brokenMessage, reviewedMessage } from '../cards/glass';
import { waivedText } from '../cards/waived';
import { wantedPages } from '../plan-pages/wanted-pages';
import { milestones } from './milestones';
import { roundReplies } from './round-replies';
import { CARD_KEY, type Wanted } from './wanted';

/** What the outcome's account may take; the rest of its message is short. */
const OUTCOME_LENGTH = 8_000;

/**
 * Everything that should stand in Slack about a request now, the card first, then the replies in their order. `reversal`:
 * the record that takes away again what this one has added for a time, for the card. A reversal itself has no card: see
 * `reversalThread`.
 */
export function thread(record: RequestRecord, policy: Policy, context: CardContext = {}): readonly Wanted[] {
  const overtaken = record.voided.flatMap((voided) => [
    ...approval(record, policy, voided.plan),
    { key: `stale-p${voided.plan}`, message: note(`♻ ${voidedLine(voided)}`) },
  ]);
  const isVoided = record.voided.some(({ plan }) => plan === record.plan?.number);
  return [
    { key: CARD_KEY, message: card(record, policy, context) },
    ...wantedPages(record, context.delivered),
    ...overtaken,
    ...(record.plan && !isVoided ? approval(record, policy, record.plan.number) : []),
    ...begins(record, policy),
    ...handReplies(record),
    ...written(record),
    ...diagnosisReplies(record),
    ...roundReplies(record),
    ...milestones(record),
    ...wordReplies(record),
    ...(record.ending ? [{ key: 'outcome', message: outcome(record) }] : []),
    ...(record.review
      ? [{ key: 'reviewed', message: reviewedMessage(record, record.review.statement) }]
      : []),
  ];
}

/**
 * The replies about a reversal in the thread of its parent: a warning before it is due, the steps that people carry out, and
 * how it ended. Empty for any other request.
 */
export function reversalThread(record: RequestRecord): readonly Wanted[] {
  const { reverses, ending } = record;
  // Nothing was ever added: the parent's own outcome says so.
  if (!reverses || ending?.problem?.code === UNNEEDED.code) return [];
  return [
    // Said late it would be wrong.
    ...(reverses.warned && !ending
      ? [{ key: 'reversal-warning', message: reversalWarning(record, reverses.due) }]
      : []),
    ...handReplies(record),
    ...(ending ? [{ key: 'reversal-outcome', message: reversalOutcome(record) }] : []),
  ];
}

const UNDECIDED: readonly State[] = ['planning', 'waiting', 'denied', 'expired', 'withdrawn', 'failed'];

/** That a plan has all the approvals it needs; nothing as long as some are missing. */
function approval(record: RequestRecord, policy: Policy, number: number): readonly Wanted[] {
  const decisions = record.decisions
    .map(({ statement }) => statement)
    .filter(({ plan, verdict }) => plan === number && verdict === 'approve');
  // A plan that was overtaken had been approved before, as had whatever is carried out.
  const isDecided = record.plan?.number !== number || !UNDECIDED.includes(record.state);
  const isOpen = !isDecided && record.plan !== null && !isQuorate(record, record.plan, policy);
  if (decisions.length === 0 || isOpen) return [];
  const key = `approved-p${number}`;
  const broken = decisions.find(({ breaksGlass }) => breaksGlass);
  if (broken) return [{ key, message: brokenMessage(record, broken) }];
  const people = decisions.filter(({ by }) => waivingWindow(by) === null);
  const approvers = [...new Set(people.map(({ by }) => mention(by)))];
  const waived = waivedText(decisions);
  const text = [
    approvers.length > 0
      ? `👍 Plan ${number} of ${record.label} was approved by ${approvers.join(' and ')}.`
      : `🕘 Plan ${number} of ${record.label} needs nobody’s approval.`,
    ...(waived === null ? [] : [waived]),
  ].join(' ');
  return [{ key, message: { text, blocks: [words(text)] } }];
}

/** When the moves of what is approved begin, where that is later. */
function begins(record: RequestRecord, policy: Policy): readonly Wanted[] {
  const text = beginsText(record, policy);
  if (text === null) return [];
  return [{ key: `begins-p${record.plan?.number ?? 0}`, message: { text, blocks: [words(text)] } }];
}

/** That all is written while it is still watched how it comes to the other domain controllers. */
function written({ state, proof, steps, label }: RequestRecord): readonly Wanted[] {
  if (state !== 'running' || !proof) return [];
  const servers = [...new Set(steps.flatMap(({ outcome }) => outcome?.server ?? []))];
  const where = servers.length === 0 ? '' : ` on ${servers.join(' and ')}`;
  return [{ key: 'written', message: note(`✍ ${label} is written${where}. ${soFarLine(proof)}`) }];
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
    ...accountBlocks(record, OUTCOME_LENGTH),
    ...refusals,
  ];
  return { text: `${requester} ${record.label} ${phrase}: ${inert(power)}.`, blocks };
}

function note(text: string): Message {
  return { text: inert(text), blocks: [plain(text)] };
}
