import { waivingWindow } from '../../core/policy/waiver';
import type { Decision } from '../../core/request/statement';
import { inert, moment } from './text';

/** Which maintenance windows have decided in place of people, and until when that holds, in mrkdwn; null: none has. */
export function waivedText(decisions: readonly Decision[]): string | null {
  const waivers = decisions.flatMap(({ by, endBy }) => {
    const window = waivingWindow(by);
    return window === null ? [] : [`${inert(window)} (until ${moment(endBy)})`];
  });
  if (waivers.length === 0) return null;
  return `Waived by the maintenance window ${waivers.join(' and ')}.`;
}
