import { advance, HOSTS_PATIENCE_MS, PLANNING_PATIENCE_MS } from '../../../src/core/request/advance';
import { MAX_REPLANS } from '../../../src/core/request/next';
import type { RequestRecord, StepOutcome } from '../../../src/core/request/record';
import { ARROWS, mayGo, type State } from '../../../src/core/request/states';
import {
  approvedRecord,
  approver,
  intake,
  NOW,
  planOf,
  recordOf,
  signed,
  times,
} from '../../support/request-record';
import { inShort, minute, outcome, running } from './running';

const waiting = recordOf({ state: 'waiting', plan: planOf(intake()) });
const ended = (...outcomes: (StepOutcome | null)[]): RequestRecord =>
  running(outcomes.map((each) => ({ outcome: each })));
const done = outcome('changed', { added: ['a'] });
/** The states of a request that was overtaken so often. */
const overtaken = (times: number): RequestRecord['passed'] =>
  Array.from({ length: times }, () => ({ state: 'stale' as const, at: NOW }));
const proof = { level: 'written' as const, converged: 1, servers: 1, checks: [], note: '' };

describe('advance', () => {
  const table: [string, RequestRecord, number, string][] = [
    ['asks the directory to plan', recordOf(), NOW, 'ask-effector'],
    ['fails a plan that nobody makes', recordOf(), NOW + PLANNING_PATIENCE_MS + 1, 'end failed'],
    [
      'lets what is about hosts wait for a Windows worker',
      recordOf({ intake: signed(intake({ command: 'migrate "web-01" -> hyper-v02' })) }),
      NOW + PLANNING_PATIENCE_MS + 1,
      'ask-effector',
    ],
    [
      'fails it when there was none for hours',
      recordOf({ intake: signed(intake({ command: 'prepare hyper-v01' })) }),
      NOW + HOSTS_PATIENCE_MS + 1,
      'end failed',
    ],
    ['holds what waits', waiting, NOW, `hold until ${8 * 60 * minute}`],
    ['expires what waited until decide-by', waiting, NOW + 8 * 60 * minute, 'end expired'],
    ['asks the directory to begin', approvedRecord(), NOW, 'ask-effector'],
    ['fails what was approved and not begun by start-by', approvedRecord(), NOW + 16 * minute, 'end failed'],
    [
      'fails an approved request without a decision',
      approvedRecord(approver, { decisions: [] }),
      NOW,
      'end failed',
    ],
    ['asks for a step without outcome', ended(done, null), NOW, 'ask-effector'],
    ['asks for proof once every step is done', ended(done), NOW, 'ask-effector'],
    ['is done with its proof', { ...ended(done), proof }, NOW, 'end done'],
    ['is done when it was so already', { ...ended(outcome('already-so')), proof }, NOW, 'end done'],
    ['is partial when one step failed', ended(done, outcome('failed')), NOW, 'end partial'],
    ['fails when no step worked', ended(outcome('failed')), NOW, 'end failed'],
    ['is planned again when stale before any effect', ended(outcome('stale')), NOW, 'turn-stale'],
    ['is partial when stale after an effect', ended(done, outcome('stale')), NOW, 'end partial'],
    ['is partial when time is over after an effect', ended(done, null), NOW + 721 * minute, 'end partial'],
    ['fails when time is over without an effect', ended(null), NOW + 721 * minute, 'end failed'],
    [
      'plans a stale request again',
      recordOf({ state: 'stale', passed: overtaken(MAX_REPLANS), plan: planOf(intake(), { number: 9 }) }),
      NOW,
      'replan',
    ],
    [
      'gives up when it is stale once more than that',
      recordOf({ state: 'stale', passed: overtaken(MAX_REPLANS + 1), plan: planOf(intake()) }),
      NOW,
      'end stale',
    ],
    [
      'does nothing for what has ended',
      recordOf({ state: 'done', ending: { problem: null, at: NOW } }),
      NOW,
      'nothing',
    ],
    ['closes an end state that lacks its ending', recordOf({ state: 'done' }), NOW, 'end done'],
  ];
  it.each(table)('%s', (_, record, now, expected) => {
    expect(inShort(record, now)).toBe(expected);
  });

  it('only ever takes arrows of the state table', () => {
    for (const [, record, now] of table) {
      const next = advance(record, now, times);
      const to =
        next.do === 'end'
          ? next.state
          : next.do === 'replan'
            ? 'planning'
            : next.do === 'turn-stale'
              ? 'stale'
              : record.state;
      expect([record.state, to, mayGo(record.state, to)]).toEqual([record.state, to, true]);
    }
  });
});

describe('the state table', () => {
  it('leads from every state to an end', () => {
    const ends = (Object.keys(ARROWS) as State[]).filter((state) => ARROWS[state].length === 0);
    for (const from of Object.keys(ARROWS) as State[]) {
      const reached = new Set<State>([from]);
      for (const state of reached) for (const to of ARROWS[state]) reached.add(to);
      expect(ends.some((end) => reached.has(end))).toBe(true);
    }
  });

  it('lets no effect come before an approval: only what was approved with its parent goes on from a plan', () => {
    const before = (Object.keys(ARROWS) as State[]).filter((state) => ARROWS[state].includes('running'));
    expect(before).toEqual(['planning', 'approved', 'awaiting-hand']);
    const intoHand = (Object.keys(ARROWS) as State[]).filter((state) =>
      ARROWS[state].includes('awaiting-hand'),
    );
    expect(intoHand).toEqual(['running']);
  });
});

it('lets a reversal be stuck wherever it is: it has no other end in which its values stay', () => {
  const under = ['planning', 'approved', 'running', 'awaiting-hand', 'stale'] as const;
  expect(under.filter((state) => !mayGo(state, 'stuck'))).toEqual([]);
});
