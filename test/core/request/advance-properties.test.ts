import { newMoves } from '../../../src/core/moves/new-moves';
import fc from 'fast-check';

import { advance } from '../../../src/core/request/advance';
import { newHostSteps } from '../../../src/core/request/host-effect';
import type { Next } from '../../../src/core/request/next';
import type { HostsPart } from '../../../src/core/delegation/plan';
import type { HostStep, RequestRecord } from '../../../src/core/request/record';
import { ARROWS, mayGo, type State } from '../../../src/core/request/states';
import { NOW, times } from '../../support/request-record';
import { outcome, running, stopped, type Course } from './running';

const states = Object.keys(ARROWS) as State[];
const outcomes = fc
  .record({
    kind: fc.constantFrom('changed', 'already-so', 'by-hand', 'failed', 'stale'),
    added: fc.subarray(['cifs/x']),
    kept: fc.subarray(['cifs/y']),
    removed: fc.subarray(['cifs/z']),
    trusted: fc.boolean(),
    at: fc.constantFrom(0, NOW, NOW + 3_600_000),
  })
  .map(({ kind, ...part }) => outcome(kind, part));
const course: fc.Arbitrary<Course> = fc.record({
  by: fc.constantFrom('worker' as const, 'hand' as const),
  begun: fc.boolean(),
  outcome: fc.option(outcomes, { nil: null }),
});
const proof = fc.record({
  level: fc.constantFrom('written' as const, 'proved' as const),
  converged: fc.nat(2),
  servers: fc.constant(2),
  checks: fc.constant([]),
  note: fc.constant(''),
});
const hostsOf = fc.record({
  by: fc.constantFrom('worker' as const, 'hand' as const),
  isMoving: fc.boolean(),
  kinds: fc.array(fc.constantFrom('changed', 'failed', 'stale', 'begun', 'left'), { maxLength: 2 }),
  isListed: fc.boolean(),
  isMoved: fc.boolean(),
});
const odds = fc.record({
  hosts: fc.option(hostsOf),
  state: fc.constantFrom(...states),
  proof: fc.option(proof),
  lacks: fc.subarray(['plan', 'decisions', 'steps'] as const),
  isStopped: fc.boolean(),
  isEnded: fc.boolean(),
  number: fc.integer({ min: 0, max: 6 }),
  reverses: fc.option(
    fc.record({
      plan: fc.nat(2),
      due: fc.constantFrom(0, NOW + 100, NOW + 86_400_000),
      warned: fc.boolean(),
    }),
  ),
});

const MACHINE = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const WEB = { machine: MACHINE, name: 'web-01', from: 'hv0', to: 'hv1', storage: null };

/** Whatever somebody may have written to the ledger. */
const records: fc.Arbitrary<RequestRecord> = fc
  .tuple(fc.array(course, { maxLength: 3 }), odds)
  .map(([courses, { hosts, lacks, isStopped, isEnded, number, ...change }]) => {
    const voided = Array.from({ length: number }, (_, at) => ({ plan: at, sentence: 'x', at: NOW }));
    const base = running(courses, { ...change, voided });
    const record: RequestRecord = {
      ...base,
      plan:
        lacks.includes('plan') || !base.plan
          ? null
          : { ...base.plan, number, hosts: hosts ? partOf(hosts) : base.plan.hosts },
      hostSteps: hosts?.isListed ? hosts.kinds.map(hostStepOf) : [],
      moves: hosts?.isMoved ? newMoves([WEB]) : [],
      ...(lacks.includes('decisions') && { decisions: [] }),
      ...(lacks.includes('steps') && { steps: [] }),
      ...(isEnded && { ending: { problem: null, at: NOW } }),
    };
    return isStopped ? stopped(record) : record;
  });
/** Settings of hosts, alone or before moves; the directory has a part as well where it has one. */
function partOf({ by, isMoving, kinds }: Drawn): HostsPart {
  const machines = [{ id: MACHINE, name: 'web-01', from: 'hv0', storage: null }];
  return {
    settings: kinds.map((_, at) => ({ host: `hv${at}`, by, before: { most: 2 }, after: { most: 4 } })),
    envelope: isMoving ? { machines, destinations: ['hv1'] } : null,
  };
}

function hostStepOf(kind: Drawn['kinds'][number], at: number): HostStep {
  return {
    host: `hv${at}`,
    intent: kind === 'left' ? null : { at: NOW, worker: 'w' },
    outcome: kind === 'left' || kind === 'begun' ? null : { kind, inferred: false, at: NOW, problem: null },
  };
}

type Drawn = typeof hostsOf extends fc.Arbitrary<infer T> ? T : never;

const later = fc.integer({ min: -1_000, max: 1_000_000_000 });

const foreseen = ({ plan }: RequestRecord) => plan?.forecast?.moves ?? [];

/** The record as the conducting role leaves it; null when somebody else is to act, or nobody. */
function conducted(record: RequestRecord, next: Next, now: number): RequestRecord | null {
  switch (next.do) {
    case 'await-hand':
      return { ...record, state: 'awaiting-hand' };
    case 'begin-settings':
      return { ...record, hostSteps: newHostSteps(record.plan) };
    case 'begin-moves':
      return { ...record, moves: newMoves(foreseen(record)) };
    case 'warn':
      return { ...record, reverses: record.reverses && { ...record.reverses, warned: true } };
    case 'turn-stale':
      return {
        ...record,
        state: 'stale',
        voided: [...record.voided, { plan: record.plan?.number ?? 0, sentence: 'x', at: now }],
      };
    case 'replan':
      return { ...record, state: 'planning', steps: [], hostSteps: [], since: now };
    case 'end':
      return { ...record, state: next.state, ending: { problem: next.problem, at: now } };
    case 'nothing':
    case 'ask-effector':
    case 'look':
    case 'hold':
      return null;
  }
}

describe('advance, on whatever somebody may have written', () => {
  it('never throws and never leaves the state table', () => {
    fc.assert(
      fc.property(records, later, (record, ms) => {
        const next = advance(record, NOW + ms, times);
        const to = conducted(record, next, NOW + ms)?.state ?? record.state;
        expect([record.state, to, mayGo(record.state, to)]).toEqual([record.state, to, true]);
      }),
      { numRuns: 1_500 },
    );
  });

  it('sends nothing to a worker that is neither planned, approved, carried out nor waiting for a hand', () => {
    fc.assert(
      fc.property(records, later, (record, ms) => {
        const next = advance(record, NOW + ms, times);
        const mayAsk = ['planning', 'approved', 'running', 'awaiting-hand'].includes(record.state);
        expect(mayAsk || !['ask-effector', 'look'].includes(next.do)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('has a next for every state, and gives way to others after a few steps of its own', () => {
    fc.assert(
      fc.property(records, later, (first, ms) => {
        const now = NOW + ms;
        let record: RequestRecord | null = first;
        let steps = 0;
        for (; record && steps < 8; steps += 1) record = conducted(record, advance(record, now, times), now);
        expect(record).toBeNull();
        expect(steps).toBeLessThanOrEqual(4);
      }),
      { numRuns: 500 },
    );
  });

  it('never waits for a moment that is over', () => {
    fc.assert(
      fc.property(records, later, (record, ms) => {
        const now = NOW + ms;
        const next = advance(record, now, times);
        const until = next.do === 'hold' ? next.until : now + 1;
        expect(next.do === 'look' ? next.at : until).toBeGreaterThan(now);
      }),
      { numRuns: 500 },
    );
  });

  it('resolves what was begun before it says anything, and ends nothing twice', () => {
    fc.assert(
      fc.property(records, later, (record, ms) => {
        const next = advance(record, NOW + ms, times);
        const isCarriedOut = ['running', 'awaiting-hand'].includes(record.state);
        const isBegun = record.steps.some((step) => step.intent && !step.outcome);
        expect(record.ending !== null).toBe(next.do === 'nothing');
        expect(!record.ending && isCarriedOut && isBegun ? next.do : 'ask-effector').toBe('ask-effector');
      }),
      { numRuns: 500 },
    );
  });

  it('never ends a reversal by time', () => {
    fc.assert(
      fc.property(records, later, fc.nat(1_000_000_000), (record, ms, more) => {
        fc.pre(record.reverses !== null && !record.proof);
        const [sooner, after] = [ms, ms + more].map((at) => advance(record, NOW + at, times));
        const ends = [sooner, after].map((next) => (next?.do === 'end' ? next.state : null));
        // The proof alone is not waited for without end.
        fc.pre(!record.steps.every(({ outcome: end }) => end) || ends[1] !== 'done');
        expect(ends[1]).toBe(ends[0]);
      }),
      { numRuns: 500 },
    );
  });
});
