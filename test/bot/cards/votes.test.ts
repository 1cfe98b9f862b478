import { missingText, needsLine, undecided } from '../../../src/bot/cards/votes';
import type { RequestRecord } from '../../../src/core/request/record';
import type { Policy } from '../../../src/core/settings';
import { approver, secondApprover, signed } from '../../support/request-record';
import { decision, inState, partByHand, planned } from '../support/usual-request';

const rule = { requesters: 'anyone' as const, approvers: [approver.user, secondApprover.user], quorum: 2 };
const same: Policy = { 'delegation-add': rule, 'trust-mode': rule };
const apart: Policy = {
  'delegation-add': { ...rule, approvers: ['U0TEAM'], quorum: 1 },
  'trust-mode': { ...rule, approvers: ['U0SEC', 'U0SEC2'], quorum: 2 },
};
const plan = planned({ directory: partByHand });
const waiting = inState('waiting', { plan });

const needs = (record: RequestRecord, policy: Policy): string => needsLine(record, plan, policy);
/** With an approval by somebody, for these rules. */
const voted = (record: RequestRecord, user: string, votesFor: string[]): RequestRecord => {
  const { statement } = decision(record, 'approve', '', { ...approver, user });
  return { ...record, decisions: [...record.decisions, signed({ ...statement, votesFor })] };
};

describe('whose approval is missing', () => {
  it('is one line where all rules want the same people', () => {
    expect(needs(waiting, same)).toBe(
      'Approvals: 0 of 2. Needs 2 more from any of <@U0APPROVER>, <@U0APPROVER2>.',
    );
    const once = voted(waiting, approver.user, ['delegation-add', 'trust-mode']);
    expect(needs(once, same)).toBe('Approvals: 1 of 2. Needs 1 more from any of <@U0APPROVER2>.');
    expect(missingText(once, plan, same)).toBe('1 approval');
  });

  it('is a line for each rule where they want different people', () => {
    expect(needs(waiting, apart).split('\n')).toEqual([
      'Needs the approval of each of these:',
      '• delegation-add: one of <@U0TEAM>.',
      '• trust-mode: 0 of 2, 2 more of <@U0SEC>, <@U0SEC2>.',
    ]);
    const half = voted(waiting, 'U0TEAM', ['delegation-add']);
    expect(needs(half, apart)).toContain('• delegation-add: ✔ approved by <@U0TEAM>.');
    expect(missingText(half, plan, apart)).toBe('2 approvals');
    expect(missingText(waiting, plan, apart)).toBe('1 approval of delegation-add, 2 approvals of trust-mode');
    // Nobody is reminded whose rule has what it wants.
    expect(undecided(half, plan, apart).map(({ user }) => user)).toEqual(['U0SEC', 'U0SEC2']);
  });

  it('says which window would waive it, and which has', () => {
    const window = { name: 'patch-night', start: '2026-11-23T02:00:00Z', end: '2026-11-23T03:00:00Z' };
    const moving: Policy = {
      'live-move': { ...rule, approvers: ['U0TEAM'], quorum: 1 },
      'storage-move': { ...rule, approvers: [] },
      maintenanceWindows: [{ ...window, waives: ['live-move', 'storage-move'] }],
    };
    const machine = { id: 'm1', name: 'web-01', from: 'hyper-v01', storage: 'D:\\VM' };
    const envelope = { machines: [machine], destinations: ['hyper-v02'] };
    const moves = planned({
      directory: { changes: [], destinations: [], forMs: null },
      hosts: { settings: [], envelope },
    });
    const asked = inState('waiting', { plan: moves });
    expect(needsLine(asked, moves, moving).split('\n')).toEqual([
      'Nobody may approve a storage-move: handover.yaml names no approver besides the requester. Until it names more, nobody can approve this; it can still be denied, or withdrawn by who asked.',
      'While the maintenance window patch-night is open, live-move and storage-move need nobody.',
    ]);
    const waived = voted(asked, 'rule:patch-night', ['storage-move']);
    expect(needsLine(waived, moves, moving).split('\n')).toEqual([
      'Needs the approval of each of these:',
      '• live-move: one of <@U0TEAM>.',
      '• storage-move: ✔ waived by the maintenance window patch-night.',
      'While the maintenance window patch-night is open, live-move needs nobody.',
    ]);
  });

  it('is nobody’s where a rule cannot have its quorum; who votes by another may still deny', () => {
    const empty = { ...apart, 'trust-mode': { ...rule, approvers: [] } };
    expect(needs(waiting, empty)).toBe(
      'Nobody may approve a trust-mode: handover.yaml names no approver besides the requester. Until it names more, nobody can approve this; it can still be denied, or withdrawn by who asked.',
    );
    const none = { ...empty, 'delegation-add': { ...rule, approvers: [] } };
    expect(needs(waiting, none)).toMatch(/nobody can approve this or deny it; who asked can withdraw it\.$/);
  });
});
