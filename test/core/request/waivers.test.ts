import { MaintenanceWindows } from '../../../src/core/policy/windows';
import type { Decision } from '../../../src/core/request/statement';
import { refuseWaiver } from '../../../src/core/request/waivers';
import { approvedRecord, NOW, requester } from '../../support/request-record';

const MINUTE = 60_000;
const iso = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();
const rule = { requesters: 'anyone' as const, approvers: ['U0A'], quorum: 1 };
const policy = {
  'live-move': rule,
  'storage-move': rule,
  'host-setting': rule,
  maintenanceWindows: MaintenanceWindows.parse([
    { name: 'night', start: iso(0), end: iso(60), waives: ['live-move'] },
    { name: 'night', start: iso(0), end: iso(90), waives: ['live-move', 'storage-move'] },
  ]),
};
const touches = [
  { kind: 'live-move', host: 'hyper-v01' },
  { kind: 'storage-move', host: 'hyper-v01' },
  { kind: 'host-setting', host: 'hyper-v01' },
] as const;

function judge(change: Partial<Decision>, now: number): string | null {
  const [decided] = approvedRecord().decisions;
  if (!decided) throw new Error('no decision');
  const by = { ...requester, user: 'rule:night' };
  const waiver = { votesFor: ['live-move'], by, at: NOW, endBy: NOW + 60 * MINUTE };
  return refuseWaiver({ ...decided.statement, ...waiver, ...change }, { policy, touches, now })?.code ?? null;
}

describe('a waiver', () => {
  it.each<[string, Partial<Decision>, number, string | null]>([
    ['counts while its window is open', {}, 59, null],
    ['counts no longer when it has closed', { endBy: NOW + 60 * MINUTE }, 90, 'waiver.closed'],
    ['of before it opened does not count', { at: NOW - MINUTE }, 1, 'waiver.closed'],
    ['that outlives its window does not count', { endBy: NOW + 91 * MINUTE }, 1, 'waiver.closed'],
    ['counts by any of two windows with one name', { endBy: NOW + 90 * MINUTE }, 61, null],
    ['of two kinds needs one window that waives both', { votesFor: ['live-move', 'storage-move'] }, 1, null],
    [
      'for settings of a host does not count',
      { votesFor: ['live-move', 'host-setting'] },
      1,
      'decision.waived',
    ],
    ['for a rule that does not apply does not count', { votesFor: ['cordon'] }, 1, 'decision.waived'],
    ['waits for a clock that is a little behind', { at: NOW + 1_000 }, -0.01, 'clock.skew'],
  ])('%s', (_what, change, minutes, code) => {
    expect(judge(change, NOW + minutes * MINUTE)).toBe(code);
  });
});
