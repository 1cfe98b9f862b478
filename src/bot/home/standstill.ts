import type { KnownBlock } from '@slack/types';
import { isSamePerson, type Person } from '../../core/request/statement';
import type { HomeOverview } from '../../jobs/client';
import { words } from '../cards/message';
import { inert, mention, moment } from '../cards/text';

const MEANS =
  'Nothing new begins and nothing can be approved; steps in flight are finished. Asking, denying and withdrawing go on, ' +
  'and so do the times of approvals.';

/** What stands first at Home while nothing may begin: who said so, why, since when, what it means, and what ends it. */
export function standstillBlocks(
  { standstill: { freeze, window } }: Pick<HomeOverview, 'standstill'>,
  by: Person,
): readonly KnownBlock[] {
  const lines = [
    ...(freeze
      ? [
          `🧊 *Frozen* by ${mention(freeze.by)} since ${moment(freeze.at)}: ${inert(freeze.why)}`,
          MEANS,
          isSamePerson(freeze.by, by)
            ? 'You have frozen it, so somebody else has to end it: `/hv unfreeze "why"`.'
            : 'You can end it: [Unfreeze…], or `/hv unfreeze "why"`.',
        ]
      : []),
    ...(window === null
      ? []
      : [
          `🧊 *Frozen* by the freeze window ${inert(window)} of handover.yaml, until it is over.`,
          ...(freeze ? [] : [MEANS]),
        ]),
  ];
  return lines.length === 0 ? [] : [words(lines.join('\n')), { type: 'divider' }];
}
