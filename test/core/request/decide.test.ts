import { judgeClick, type Click } from '../../../src/core/request/decide';
import { isQuorate } from '../../../src/core/request/given-votes';
import { planDigests } from '../../../src/core/request/fingerprint';
import type { RequestRecord } from '../../../src/core/request/record';
import {
  approvedRecord,
  approver,
  intake,
  NOW,
  onePart,
  planOf,
  policy,
  recordOf,
  requester,
  secondApprover,
} from '../../support/request-record';

const plan = planOf(intake());
const waiting = recordOf({ state: 'waiting', plan });
const click: Click = { plan: 1, fingerprint: plan.fingerprint, by: approver, verdict: 'approve' };

function judge(record: RequestRecord, change: Partial<Click> = {}, now = NOW): string | null {
  const judged = judgeClick(record, { ...click, ...change }, { settings: { policy }, now });
  return 'problem' in judged ? judged.problem.code : null;
}

const elsewhere = onePart.destinations.map((each) => ({ ...each, name: 'dc1' }));
/** The plan aimed elsewhere, in a record that claims the fingerprint of the card. */
const swapped = { ...plan, directory: { ...onePart, destinations: elsewhere } };

describe('a click', () => {
  it('by an approver on the plan of the card counts', () => {
    expect(judge(waiting)).toBeNull();
  });

  const table: [string, RequestRecord, Partial<Click>, number, string][] = [
    ['by the requester', waiting, { by: requester }, NOW, 'decision.self'],
    ['by somebody else', waiting, { by: { ...approver, user: 'U0OTHER' } }, NOW, 'decision.not-approver'],
    [
      'by an approver of another team',
      waiting,
      { by: { ...requester, team: 'T2' } },
      NOW,
      'decision.not-approver',
    ],
    ['on another plan number', waiting, { plan: 2 }, NOW, 'plan.changed'],
    ['on another fingerprint', waiting, { fingerprint: 'f'.repeat(64) }, NOW, 'plan.changed'],
    [
      'on a plan that was swapped under the same fingerprint',
      recordOf({ state: 'waiting', plan: swapped }),
      {},
      NOW,
      'plan.changed',
    ],
    ['after decide-by', waiting, {}, plan.decideBy, 'decision.late'],
    ['while it is planned again', recordOf({ state: 'planning', plan }), {}, NOW, 'plan.changed'],
    ['after it was decided', recordOf({ state: 'approved', plan }), {}, NOW, 'request.decided'],
    [
      'after the end',
      recordOf({ state: 'done', plan, ending: { problem: null, at: NOW } }),
      {},
      NOW,
      'request.ended',
    ],
    ['a second time', { ...approvedRecord(), state: 'waiting' }, {}, NOW, 'request.decided'],
  ];
  it.each(table)('%s is refused', (_, record, change, now, code) => {
    expect(judge(record, change, now)).toBe(code);
  });

  it('is about the plan that the ledger holds, whatever fingerprint is written beside it', () => {
    const fresh = planDigests(intake(), swapped).fingerprint;
    expect(judge(recordOf({ state: 'waiting', plan: swapped }), { fingerprint: fresh })).toBeNull();
  });
});

describe('the quorum', () => {
  const two = { 'delegation-add': { requesters: 'anyone' as const, approvers: [approver.user], quorum: 2 } };
  const votes = [...approvedRecord().decisions, ...approvedRecord(secondApprover).decisions];

  it('is reached by as many approvals of this plan as the policy wants', () => {
    const given = (decisions: RequestRecord['decisions']) => ({ ...waiting, decisions });
    expect(isQuorate(given(votes.slice(0, 1)), plan, policy)).toBe(true);
    expect(isQuorate(given(votes.slice(0, 1)), plan, two)).toBe(false);
    expect(isQuorate(given(votes), plan, two)).toBe(true);
    expect(isQuorate(given(votes), { ...plan, number: 2 }, two)).toBe(false);
  });
});
