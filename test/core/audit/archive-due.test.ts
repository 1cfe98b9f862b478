import { whyKept, type Around } from '../../../src/core/audit/archive-due';
import type { RequestRecord, Step } from '../../../src/core/request/record';
import { approvedRecord, NOW, recordOf } from '../../support/request-record';

const DAY = 86_400_000;
const over = recordOf({
  state: 'done',
  since: NOW,
  ending: { problem: null, at: NOW },
  audit: { seq: 9, head: 'a' },
});
const around: Around = {
  now: NOW + 90 * DAY,
  archiveDays: 90,
  openParents: new Set(),
  unreported: new Set(),
  away: new Set(),
  claims: [],
  sealed: { seq: 9, isMirrored: true },
};
const alone = approvedRecord().decisions.map((each) => ({
  ...each,
  statement: { ...each.statement, breaksGlass: true },
}));
const broken: Partial<RequestRecord> = { plan: approvedRecord().plan, decisions: alone };
const begun: Step = {
  guid: 'g',
  attribute: 'msDS-AllowedToDelegateTo',
  intent: { at: NOW, worker: 'w', server: 'dc1' },
  outcome: null,
};

describe('a request', () => {
  it('is archived when it is long over and everything about it is told, sealed and mirrored', () => {
    expect(whyKept(over, around)).toBeNull();
    const mine = [
      [
        { request: over.label, until: null },
        { request: 'R-9', until: NOW + 900 * DAY },
      ],
    ];
    expect(whyKept(over, { ...around, claims: mine })).toBeNull();
    expect(whyKept({ ...over, until: NOW }, around)).toBeNull();
  });

  const reasons: readonly [string, Partial<RequestRecord>, Partial<Around>][] = [
    ['it is open', { ending: null }, {}],
    ['it has ended lately', {}, { now: NOW + 90 * DAY - 1 }],
    ['a request that follows from it is open', {}, { openParents: new Set([over.id]) }],
    ['a step of it is not resolved', { steps: [begun] }, {}],
    ['its broken glass is not reviewed yet', broken, {}],
    ['machines that it has moved away are not back yet', {}, { away: new Set([over.label]) }],
    ['its end is not told yet', {}, { unreported: new Set([over.id]) }],
    ['what it added is there for a time', { until: NOW + 91 * DAY }, {}],
    ['what it added is there for a time', {}, { claims: [[{ request: over.label, until: NOW + 91 * DAY }]] }],
    ['its last record is not sealed yet', {}, { sealed: null }],
    ['its last record is not sealed yet', {}, { sealed: { seq: 8, isMirrored: true } }],
    ['its last record is not mirrored yet', {}, { sealed: { seq: 9, isMirrored: false } }],
  ];
  it.each(reasons)('stays because %s', (why, record, more) => {
    expect(whyKept({ ...over, ...record }, { ...around, ...more })).toBe(why);
  });
});
