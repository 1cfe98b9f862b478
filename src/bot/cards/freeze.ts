import type { Freeze } from '../../core/request/freeze';
import { lastMoment } from '../../core/request/closing';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
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

/** What the card of an open request says while everything is frozen, and which of its times runs on; inert mrkdwn. */
export function frozenLine({ by, why, at }: Freeze, record: RequestRecord): string {
  const { state } = record;
  const means =
    state === 'waiting' || state === 'planning' || state === 'stale'
      ? 'Nothing can be approved until somebody else says'
      : 'No further step begins until somebody else says';
  const until = runsUntil(record);
  const runs =
    until > 0 ? ` A freeze stops no clock: ${RUNS_ON[state] ?? ''} ${moment(until)} all the same.` : '';
  return `🧊 *Frozen* by ${mention(by)} ${moment(at)}: ${inert(why)}. ${means} \`/hv unfreeze "why"\`.${runs}`;
}

const RUNS_ON: Readonly<Partial<Record<State, string>>> = {
  waiting: 'the request expires',
  approved: 'it has to begin before',
  running: 'what it is approved for ends',
};

/** The time of the request that comes next, 0 when none is known. */
function runsUntil(record: RequestRecord): number {
  switch (record.state) {
    case 'waiting':
      return record.plan?.decideBy ?? 0;
    case 'approved':
      return lastMoment(record, 'startBy');
    case 'running':
      return lastMoment(record, 'endBy');
    default:
      return 0;
  }
}
