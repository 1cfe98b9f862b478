import { awaitsReview, brokenGlass } from '../../core/request/break-glass';
import { reviewsDue } from '../../core/request/reminders';
import type { RequestRecord } from '../../core/request/record';
import { isSamePerson } from '../../core/request/statement';
import { brokenMessage, reviewedMessage, toReviewMessage } from '../cards/glass';
import { called, mention } from '../cards/text';
import { deciders } from '../cards/votes';
import type { Reminding } from './reminders';
import type { Wanted } from './wanted';

/**
 * What is told of a broken glass beside the thread: in the notices at once, with everybody who is to know, and to each of the other
 * approvers; when it is over, that it has to be reviewed, again and again; and what the review said.
 */
export function glassCalls(record: RequestRecord, reminding: Reminding): readonly Wanted[] {
  const broken = brokenGlass(record);
  const { plan } = record;
  if (!broken || !plan) return [];
  const { policy, oncall, now, reminders } = reminding;
  const others = deciders(record, plan, policy).filter((person) => !isSamePerson(person, broken.by));
  const key = `glass-p${broken.plan}`;
  const whom = [...new Set([...oncall.map(called), ...others.map(mention)])];
  const times = reviewsDue(record, now, reminders);
  return [
    { key, to: 'notices', message: brokenMessage(record, broken, whom) },
    ...others.map(({ user }) => ({
      key: `${key}-${user}`,
      to: { person: user },
      message: brokenMessage(record, broken),
    })),
    ...(awaitsReview(record)
      ? [
          {
            key: `review-${times}`,
            to: 'notices' as const,
            message: toReviewMessage(record, broken, others.map(mention)),
          },
        ]
      : []),
    ...(record.review
      ? [
          {
            key: 'review-said',
            to: 'notices' as const,
            message: reviewedMessage(record, record.review.statement),
          },
        ]
      : []),
  ];
}
