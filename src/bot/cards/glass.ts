import type { RequestRecord } from '../../core/request/record';
import type { Decision, Review } from '../../core/request/statement';
import { plain, words, type Message } from './message';
import { powerSentence } from './power';
import { clip, inert, mention } from './text';

const LONGEST = 600;

/** That somebody has approved alone what wants more approvers, with the reason: loud, wherever it is told. `called`: mentions of who is to know. */
export function brokenMessage(
  record: RequestRecord,
  { by, plan, reason }: Decision,
  called: readonly string[] = [],
): Message {
  const whom = called.length === 0 ? '' : `${called.join(', ')}: `;
  const said = `🧨 *Break-glass.* ${whom}${mention(by)} has approved plan ${plan} of ${record.label} alone; handover.yaml wants more approvers for it.`;
  return {
    text: `${said} ${inert(powerSentence(record))}.`,
    blocks: [
      plain(`${powerSentence(record)}.`),
      words(said),
      plain(`Reason given: ${clip(reason, LONGEST)}`),
      words(
        'All checks were made as always. *Stop* on the card keeps any further step from beginning; another approver reviews it afterwards.',
      ),
    ],
  };
}

/** That a request is over whose glass was broken, and nobody has looked at it yet. */
export function toReviewMessage(
  record: RequestRecord,
  { by }: Decision,
  reviewers: readonly string[],
): Message {
  const whom = reviewers.length === 0 ? '' : `${reviewers.join(', ')}: `;
  const text = `🔎 ${whom}${record.label} is over, and ${mention(by)} had broken the glass for it. Somebody has to review it: “Review…” on its card.`;
  return { text, blocks: [words(text)] };
}

/** What the review said. */
export function reviewedMessage({ label }: RequestRecord, { by, wasRight, note }: Review): Message {
  const result = wasRight ? '☑ right' : '⚠ wrong: something has to follow';
  const text = `🔎 ${label} was reviewed by ${mention(by)}: breaking the glass was ${result}.`;
  return { text, blocks: [words(text), plain(`Note: ${clip(note, 1_000)}`)] };
}

/** What the card says of a broken glass, as one line of mrkdwn and the foreign texts apart. */
export function glassLines(
  record: RequestRecord,
  broken: Decision,
): { readonly said: string; readonly plain: readonly string[] } {
  const { review, ending } = record;
  const after = review
    ? `Reviewed by ${mention(review.statement.by)}: ${review.statement.wasRight ? 'right' : 'wrong, something has to follow'}.`
    : ending
      ? 'To be reviewed by another approver.'
      : 'It is reviewed when it is over.';
  return {
    said: `🧨 *Break-glass*: ${mention(broken.by)} approved alone. ${after}`,
    plain: [
      `Reason for it: ${clip(broken.reason, LONGEST)}`,
      ...(review ? [`Review: ${clip(review.statement.note, LONGEST)}`] : []),
    ],
  };
}
