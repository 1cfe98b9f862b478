import type { Freeze } from '../../core/request/freeze';
import type { RequestRecord } from '../../core/request/record';
import type { Person } from '../../core/request/statement';
import { inert, mention, moment } from './text';

/** What everybody is told when somebody freezes; inert mrkdwn. */
export function frozenText(by: Person, why: string): string {
  return `🧊 *Frozen* by ${mention(by)}: ${inert(why)}\nNothing new begins anywhere and nothing can be approved; steps in flight are finished. Somebody else ends it: \`/hv unfreeze "why"\`.`;
}

/** What everybody is told when the freeze is over; inert mrkdwn. */
export function unfrozenText(by: Person, why: string): string {
  return `▶ *No longer frozen*, by ${mention(by)}: ${inert(why)}\nWhat is approved goes on within the times of its approval.`;
}

/** What the card of an open request says while everything is frozen; inert mrkdwn. */
export function frozenLine({ by, why, at }: Freeze, { state }: RequestRecord): string {
  const means =
    state === 'waiting' || state === 'planning' || state === 'stale'
      ? 'Nothing can be approved until somebody else says'
      : 'No further step begins until somebody else says';
  return `🧊 *Frozen* by ${mention(by)} ${moment(at)}: ${inert(why)}. ${means} \`/hv unfreeze "why"\`.`;
}
