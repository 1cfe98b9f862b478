import type { KnownBlock } from '@slack/types';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import type { Policy } from '../../core/settings';
import type { PagesKnown } from '../card-link';
import { cardBody, cardText } from '../cards/card';
import { effected } from '../cards/effect';
import { context, mrkdwn, words, type Message } from '../cards/message';
import { channelLink, labelText, mention, moment } from '../cards/text';
import { waivedText } from '../cards/waived';

/** What `/hv show` shows of a request beside its own record. */
export interface Shown {
  readonly record: RequestRecord;
  /** What takes away again what it has added for a time. */
  readonly reversal: RequestRecord | null;
  /** The address of its card; null when it has none yet. */
  readonly link: string | null;
  /** Of a plan that no card shows whole. */
  readonly pages?: PagesKnown;
}

/** So much of a long story is told; the audit has all of it. */
const MOST_TOLD = 8;

/** The request as its card shows it, without buttons; then who decided when, which way it went, and the way to its card. */
export function showAnswer({ record, reversal, link, pages }: Shown, policy: Policy): Message {
  const { label, card, audit, parent } = record;
  const way = link === null ? `Its card is in ${channelLink(card.channel)}` : `<${link}|Open its card>`;
  const after = parent ? ` · after ${labelText(parent.label)}` : '';
  const blocks: readonly KnownBlock[] = [
    ...cardBody(record, policy, { reversal, ...(pages?.delivered && { delivered: pages.delivered }) }),
    words([...decisionLines(record), ...progressLines(record), courseLine(record)].join('\n')),
    context([
      mrkdwn(`${way}${pages?.link ? ` · <${pages.link}|Open the pages of its plan>` : ''}${after}`),
      mrkdwn(`audit: ${audit.seq} records, \`handover audit show ${labelText(label)}\` tells all`),
    ]),
  ];
  return { text: `${cardText(record)} ${way}.`, blocks };
}

/** Every decision, those about earlier plans too. */
function decisionLines({ decisions, plan }: RequestRecord): readonly string[] {
  return decisions.slice(-MOST_TOLD).map(({ statement }) => {
    const verdict = statement.verdict === 'approve' ? '👍 Approved' : '🚫 Denied';
    const isVoid = statement.plan === plan?.number ? '' : ', void by now';
    const waiver = waivedText([statement]);
    const said = waiver === null ? `${verdict} by ${mention(statement.by)}` : `🕘 ${waiver.slice(0, -1)}`;
    return `${said} ${moment(statement.at)} (plan ${statement.plan}${isVoid})`;
  });
}

function progressLines(record: RequestRecord): readonly string[] {
  const all = effected(record);
  if (record.steps.length === 0 || all.length === 0) return [];
  const over = all.filter(({ step }) => step?.outcome).length;
  return [
    `How far: ${over} of ${all.length} ${all.length === 1 ? 'change' : 'changes'} looked at and settled`,
  ];
}

const WORDS: Readonly<Record<State, string>> = {
  planning: 'asked',
  waiting: 'planned',
  approved: 'approved',
  running: 'begun',
  'awaiting-hand': 'left to a person',
  done: 'done',
  partial: 'partly done',
  failed: 'failed',
  stuck: 'stuck',
  stopped: 'stopped',
  stale: 'overtaken',
  denied: 'denied',
  expired: 'expired',
  withdrawn: 'withdrawn',
  'already-so': 'found so already',
  refused: 'refused',
};

/** When it came to which state. */
function courseLine({ passed, since, state }: RequestRecord): string {
  const told = passed.length === 0 ? [{ state, at: since }] : passed;
  const left = told.length - MOST_TOLD;
  const steps = told.slice(-MOST_TOLD).map((each) => `${WORDS[each.state]} ${moment(each.at)}`);
  return `Course: ${[...(left > 0 ? [`… ${left} before`] : []), ...steps].join(' → ')}`;
}
