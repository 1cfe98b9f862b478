import type { Plan } from '../../../src/core/delegation/plan';
import { newMoves } from '../../../src/core/moves/new-moves';
import type { MoveStep } from '../../../src/core/moves/move-step';
import { touchesOf } from '../../../src/core/policy/touches';
import { advance } from '../../../src/core/request/advance';
import { writeDecision } from '../../../src/core/request/decide';
import type { RequestRecord } from '../../../src/core/request/record';
import type { Decision } from '../../../src/core/request/statement';
import { waiversDue } from '../../../src/core/request/waivers';
import { refuseWarrant } from '../../../src/core/request/warrant';
import { fromOf, movesClosedAt, untilOf, windowOf } from '../../../src/core/request/window';
import type { Policy } from '../../../src/core/settings';
import {
  approver,
  everyRule,
  intake,
  NOW,
  onePart,
  planOf,
  recordOf,
  signed,
  testKeys,
  times,
} from '../../support/request-record';
import { machineBefore, moveOutcome } from '../../support/move-journal';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const rule = { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 };
const policy: Policy = { 'live-move': rule, 'delegation-add': rule };
/** Asked on Monday, 23 November 2026, at 02:00 in UTC. */
const SATURDAY = NOW + 5 * 24 * HOUR;
const pace = { ...times, timeZone: undefined };

const machine = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const move = { machine, name: 'web-01', from: 'hyper-v01', to: 'hyper-v02', storage: null };
const ofMoves: Partial<Plan> = {
  hosts: {
    settings: [],
    envelope: {
      machines: [{ id: machine, name: 'web-01', from: 'hyper-v01', storage: null }],
      destinations: ['hyper-v02'],
    },
  },
  forecast: {
    moves: [{ ...move, kind: 'live', bytes: 1, ms: MINUTE }],
    staying: [],
    hosts: [],
    summary: [],
    ms: MINUTE,
  },
};

/** A drain that was approved at a moment. */
function drain(
  options: string,
  { at = NOW, plan: change = {}, by = policy }: { at?: number; plan?: Partial<Plan>; by?: Policy } = {},
): RequestRecord {
  const asked = intake({ command: `drain hyper-v01${options}` });
  const directory = { changes: [], destinations: [], forMs: null };
  const plan = planOf(asked, { directory, ...ofMoves, decideBy: SATURDAY + 24 * HOUR, ...change });
  const waiting = recordOf({ intake: signed(asked), state: 'waiting', plan });
  const said = { verdict: 'approve' as const, votesFor: everyRule(by, plan), by: approver, reason: '' };
  const decision = writeDecision(waiting, plan, { ...said, now: at, settings: { policy: by, times } });
  return { ...waiting, state: 'approved', decisions: [signed(decision)] };
}

function timesOf(record: RequestRecord): Pick<Decision, 'startBy' | 'endBy'> | undefined {
  return record.decisions[0]?.statement;
}

describe('the times of a decision', () => {
  const written = { directory: onePart };

  it.each([
    ['no window', '', {}, NOW + 15 * MINUTE, NOW + 12 * HOUR],
    ['a window', ' --at "Sat 02:00" --until 06:00', {}, SATURDAY + 15 * MINUTE, SATURDAY + 4 * HOUR],
    ['a beginning', ' --at "Sat 02:00"', {}, SATURDAY + 15 * MINUTE, SATURDAY + 12 * HOUR],
    ['an end', ' --until 06:00', {}, NOW + 15 * MINUTE, NOW + 4 * HOUR],
    ['a deadline', ' --deadline 30m', {}, NOW + 15 * MINUTE, NOW + 12 * HOUR],
    ['delegations first', ' --at "Sat 02:00" --until 06:00', written, NOW + 15 * MINUTE, SATURDAY + 4 * HOUR],
  ])('with %s', (_what, options, plan, startBy, endBy) => {
    expect(timesOf(drain(options, { plan }))).toMatchObject({ startBy, endBy });
  });

  it('count from an approval that comes when the window is open', () => {
    const at = SATURDAY + HOUR;
    const record = drain(' --at "Sat 02:00" --until 06:00', { at });
    expect(timesOf(record)).toMatchObject({ startBy: at + 15 * MINUTE, endBy: SATURDAY + 4 * HOUR });
  });

  it('are of the own zone', () => {
    const by = { ...policy, timeZone: 'Europe/Berlin' };
    const record = drain(' --at "Sat 02:00" --until 06:00', { by });
    expect(timesOf(record)).toMatchObject({ endBy: SATURDAY + 3 * HOUR });
  });
});

describe('the warrant of moves that wait for a window', () => {
  const judge = (
    record: RequestRecord,
    now: number,
    { isMoves = true, hasBegun = false, rules = policy } = {},
  ): string | null => {
    const { plan } = record;
    if (!plan) throw new Error('no plan');
    const court = { verifier: testKeys().verifier, policy: rules, times, now };
    return (
      refuseWarrant(record, plan, { ...court, touches: touchesOf(plan), hasBegun, isMoves })?.code ?? null
    );
  };
  const forged = (record: RequestRecord, change: Partial<Decision>): RequestRecord => ({
    ...record,
    decisions: record.decisions.map(({ statement }) => signed({ ...statement, ...change })),
  });
  const record = drain(' --at "Sat 02:00" --until 06:00');

  it('holds for a window that is five days away, and no longer than that', () => {
    expect(judge(record, NOW)).toBeNull();
    expect(judge(record, SATURDAY + 15 * MINUTE)).toBeNull();
    expect(judge(record, SATURDAY + 15 * MINUTE + 1)).toBe('decision.stale');
    expect(judge(record, SATURDAY + 4 * HOUR, { hasBegun: true })).toBeNull();
    expect(judge(record, SATURDAY + 4 * HOUR + 1, { hasBegun: true })).toBe('decision.stale');
    expect(judge(record, SATURDAY + 7 * 24 * HOUR)).toBe('decision.stale');
  });

  it('gives what is written at once no more time than without a window', () => {
    const first = drain(' --at "Sat 02:00"', { plan: { directory: onePart } });
    expect(judge(first, NOW + 16 * MINUTE, { isMoves: false })).toBe('decision.stale');
    expect(judge(first, NOW + 12 * HOUR, { isMoves: false, hasBegun: true })).toBeNull();
    expect(judge(first, NOW + 12 * HOUR + 1, { isMoves: false, hasBegun: true })).toBe('decision.stale');
    expect(judge(first, SATURDAY + 5 * MINUTE)).toBeNull();
  });

  it('takes no decision that goes beyond the window that was asked for', () => {
    expect(judge(forged(record, { endBy: SATURDAY + 4 * HOUR + 1 }), NOW)).toBe('decision.times');
    expect(judge(forged(record, { startBy: SATURDAY + 15 * MINUTE + 1 }), NOW)).toBe('decision.times');
    const plain = drain('');
    expect(judge(forged(plain, { endBy: SATURDAY }), NOW)).toBe('decision.times');
    expect(judge(forged(plain, { startBy: SATURDAY }), NOW)).toBe('decision.times');
  });

  it('is judged by the effector’s own zone', () => {
    const rules = { ...policy, timeZone: 'Europe/Berlin' };
    expect(judge(record, NOW, { rules })).toBe('decision.times');
  });
});

describe('advance', () => {
  const begun = (options: string): RequestRecord => {
    const record = drain(options);
    return { ...record, state: 'running', moves: [...newMoves(record.plan?.forecast?.moves ?? [])] };
  };
  const record = begun(' --at "Sat 02:00" --until 06:00');

  it('gives moves their journal at once, looks when the window opens, and begins nothing before', () => {
    expect(advance({ ...record, moves: [] }, NOW, pace)).toEqual({ do: 'begin-moves' });
    expect(advance(record, NOW, pace)).toEqual({ do: 'look', at: SATURDAY });
    expect(advance(record, SATURDAY - 1, pace)).toEqual({ do: 'look', at: SATURDAY });
    expect(advance(record, SATURDAY, pace)).toEqual({ do: 'ask-effector' });
  });

  it('goes by its own zone', () => {
    const berlin = { ...pace, timeZone: 'Europe/Berlin' };
    expect(advance(record, NOW, berlin)).toEqual({ do: 'look', at: SATURDAY - HOUR });
  });

  it('ends a deadline by its own reckoning', () => {
    const late = begun(' --deadline 30m');
    const [step] = late.moves;
    if (!step) throw new Error('no move');
    const over: MoveStep = {
      ...step,
      intent: { at: NOW + HOUR, worker: 'w', before: machineBefore({ at: NOW }) },
      outcome: moveOutcome('moved', { at: NOW }),
    };
    const both = { ...late, moves: [over, { ...step, machine: 'other' }], remaining: [] };
    expect(untilOf(late, pace, NOW)).toBe(NOW + 30 * MINUTE);
    // Whatever the journal says, no move could be the first one later than that.
    expect(untilOf(both, pace, NOW + 2 * HOUR)).toBe(NOW + 45 * MINUTE);
    expect(advance(both, NOW + 44 * MINUTE, pace)).toEqual({ do: 'ask-effector' });
    expect(advance(both, NOW + 46 * MINUTE, pace)).toMatchObject({ do: 'end', state: 'partial' });
  });
});

describe('a window', () => {
  it('is nobody’s who says nothing of it, and never opens where it cannot be meant', () => {
    const of = (command: string) => windowOf(intake({ command }), {});
    expect(of('drain hyper-v01')).toBeNull();
    expect(of('delegate hyper-v01 -> hyper-v02 cifs')).toBeNull();
    expect(of('drain hyper-v01 --at "2026-01-01 02:00"')).toEqual({ from: null, until: 0, deadlineMs: null });
    const never = drain(' --at "2026-01-01 02:00"');
    expect(movesClosedAt(never, NOW, pace)).toBe(0);
    expect(fromOf(never, {})).toBeNull();
  });

  it('is waived only by a maintenance window that is open when it opens', () => {
    const until = (ms: number): Policy => ({
      ...policy,
      maintenanceWindows: [
        {
          name: 'night',
          start: new Date(NOW - HOUR).toISOString(),
          end: new Date(ms).toISOString(),
          waives: ['live-move'],
        },
      ],
    });
    const waiting = (by: Policy): RequestRecord => ({
      ...drain(' --at 04:00', { by }),
      state: 'waiting',
      decisions: [],
    });
    expect(waiversDue(waiting(until(NOW + HOUR)), until(NOW + HOUR), NOW)).toEqual([]);
    expect(waiversDue(waiting(until(NOW + 3 * HOUR)), until(NOW + 3 * HOUR), NOW)).toHaveLength(1);
  });
});
