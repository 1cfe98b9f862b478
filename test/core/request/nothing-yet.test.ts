import { mayFollow } from '../../../src/core/policy/follow';
import { isBreakable } from '../../../src/core/request/break-glass';
import { judgeClick, type Click } from '../../../src/core/request/decide';
import { waiversDue } from '../../../src/core/request/waivers';
import type { Policy } from '../../../src/core/settings';
import { approver, intake, NOW, planOf, recordOf, requester, signed } from '../../support/request-record';

const asked = intake({ command: 'drain hyper-v01' });
const staying = {
  machine: '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f',
  name: 'app-02',
  host: 'hyper-v01',
  short: 'something in its drive',
  reasons: [],
  choices: ['eject', 'leave'],
};
const plan = planOf(asked, {
  directory: { changes: [], destinations: [], forMs: null },
  forecast: { moves: [], staying: [staying], hosts: [], summary: [], ms: 0 },
});
const waiting = recordOf({ state: 'waiting', plan, intake: signed(asked) });
const policy: Policy = {
  'live-move': {
    requesters: 'anyone',
    approvers: [approver.user],
    quorum: 2,
    breakGlass: [approver.user],
  },
  maintenanceWindows: [
    {
      name: 'night',
      start: new Date(NOW).toISOString(),
      end: new Date(NOW + 3_600_000).toISOString(),
      waives: ['live-move'],
    },
  ],
};

function judge(change: Partial<Click>) {
  const click: Click = { plan: 1, fingerprint: plan.fingerprint, by: approver, verdict: 'approve' };
  return judgeClick(waiting, { ...click, ...change }, { settings: { policy }, now: NOW });
}

describe('a plan that allows nothing before somebody chooses', () => {
  it.each<[string, Partial<Click>]>([
    ['by an approver', {}],
    ['that breaks the glass', { breaksGlass: true }],
    ['by who asked', { by: requester }],
  ])('cannot be approved %s, who is told to choose', (_who, change) => {
    expect(judge(change)).toEqual({
      problem: {
        code: 'decision.nothing',
        summary: 'There is nothing to approve yet: choose what is done to app-02.',
        remedy: expect.stringContaining('/hv choose R-1001 MACHINE CHOICE'),
      },
    });
  });

  it('is denied by whoever may approve such moves, and by nobody else', () => {
    expect(judge({ verdict: 'deny' })).toMatchObject({ votesFor: ['live-move'] });
    expect(judge({ verdict: 'deny', by: { ...approver, user: 'U0OTHER' } })).toMatchObject({
      problem: { code: 'decision.not-approver' },
    });
  });

  it('is waived by no window, and has no glass to break', () => {
    expect(waiversDue(waiting, policy, NOW)).toEqual([]);
    expect(isBreakable(waiting, policy)).toBe(false);
  });

  it('is seen by those who may approve such moves', () => {
    expect(mayFollow(policy, approver, waiting)).toBe(true);
    expect(mayFollow(policy, { ...approver, user: 'U0OTHER' }, waiting)).toBe(false);
  });
});
