import { card } from '../../../src/bot/cards/card';
import type { Message } from '../../../src/bot/cards/message';
import { showAnswer } from '../../../src/bot/commands/show';
import { requestsMessage } from '../../../src/bot/lists/requests';
import { elsewhere } from '../../../src/bot/reports/notices';
import { callsOf } from '../../../src/bot/reports/calls';
import { reversalThread, thread } from '../../../src/bot/reports/thread';
import type { Wanted } from '../../../src/bot/reports/wanted';
import { digest } from '../../../src/core/canonical';
import type { MoveProgress } from '../../../src/core/moves/progress-port';
import type { Delivered } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import { NOW } from '../../support/request-record';
import { rules } from './usual-request';

const link = 'https://practice.slack.com/archives/C0HYPERV/p1';
const reminders = { firstSeconds: 900, escalateSeconds: 3_600, reviewSeconds: 86_400 };
const reminding = {
  policy: rules,
  reminders,
  oncall: ['U0ONCALL', 'S0HYPERV'],
  now: NOW + 3 * 3_600_000,
  delivered: new Set(['remind-p0-1-U0APPROVER']),
};

/** Messages as if they had been posted. */
function asDelivered(told: readonly Wanted[]): Map<string, Delivered> {
  return new Map(
    told.map(({ key, message }) => [key, { channel: 'C1', ts: '1.1', digest: digest(message) }]),
  );
}

/** Every move that could be seen to be on its way. */
function progressIn({ moves }: RequestRecord): readonly MoveProgress[] {
  return moves.map(({ machine }, at) => ({ machine, percent: (at * 37) % 101, since: NOW }));
}

const owned = { machines: [{ match: '*', owner: 'U0OWNER' }] };

/** Everything that is ever said of a request. */
export function messagesOf(record: RequestRecord): readonly Message[] {
  const told = record.reverses ? reversalThread(record) : thread(record, rules);
  // Once its pages stand a card says something else.
  const standing = { delivered: asDelivered(told) };
  return [
    card(record, rules),
    card(record, rules, standing),
    card(record, rules, { progress: progressIn(record) }),
    ...told.map(({ message }) => message),
    ...callsOf(record, reminding).map(({ message }) => message),
    ...elsewhere({ ...record, card: { channel: 'C0APPROVALS' } }, told, owned).map(({ message }) => message),
    showAnswer({ record, reversal: null, link }, rules),
    showAnswer({ record, reversal: null, link, pages: { ...standing, link } }, rules),
    showAnswer({ record, reversal: null, link: null }, rules),
    requestsMessage({ records: [record], more: 3, leases: [] }, null),
  ];
}
