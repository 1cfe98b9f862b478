import type { DirectoryChange, ListChange } from '../../../src/core/delegation/plan';
import type { RequestRecord, Step, StepOutcome } from '../../../src/core/request/record';
import { advance } from '../../../src/core/request/advance';
import type { Next } from '../../../src/core/request/next';
import {
  approvedRecord,
  approver,
  intake,
  NOW,
  onePart,
  planOf,
  policy,
  signed,
  times,
  everyRule,
} from '../../support/request-record';
import { writeDecision } from '../../../src/core/request/decide';

export const minute = 60_000;
export const day = 24 * 60 * minute;

/** How one step ended. */
export function outcome(kind: StepOutcome['kind'], part: Partial<StepOutcome> = {}): StepOutcome {
  return {
    kind,
    inferred: false,
    added: [],
    kept: [],
    removed: [],
    trusted: false,
    at: NOW,
    server: 'dc1',
    problem: kind === 'failed' || kind === 'stale' ? { code: 'x', summary: 'why', remedy: '' } : null,
    ...part,
  };
}

/** One change of a plan with its journal: by whom, whether it was begun, and how it ended. */
export interface Course {
  readonly by?: DirectoryChange['by'];
  readonly begun?: boolean;
  readonly outcome?: StepOutcome | null;
}

function changeOf({ by = 'worker' }: Course, at: number): ListChange {
  const [change] = onePart.changes;
  return { ...(change as ListChange), guid: String(at), by };
}

function stepOf({ begun = false, outcome: end = null }: Course, at: number): Step {
  return {
    guid: String(at),
    attribute: 'msDS-AllowedToDelegateTo',
    intent: begun ? { at: NOW, worker: 'w', server: 'dc1' } : null,
    outcome: end,
  };
}

/** A request that is being carried out, approved at NOW. */
export function running(courses: readonly Course[], change: Partial<RequestRecord> = {}): RequestRecord {
  const plan = planOf(intake(), { directory: { ...onePart, changes: courses.map(changeOf) } });
  const record = approvedRecord(approver, { state: 'running', plan });
  const said = {
    verdict: 'approve' as const,
    votesFor: everyRule(policy, plan),
    by: approver,
    reason: '',
    now: NOW,
    settings: { policy, times },
  };
  const decisions = [signed(writeDecision(record, plan, said))];
  return { ...record, decisions, steps: courses.map(stepOf), ...change };
}

/** Somebody has said stop. */
export function stopped(record: RequestRecord): RequestRecord {
  const statement = { kind: 'instruction', intake: record.id, what: 'stop', by: approver, at: NOW } as const;
  return { ...record, instructions: [signed(statement)] };
}

/** What is next, in short. */
export function inShort(record: RequestRecord, now = NOW): string {
  const next: Next = advance(record, now, times);
  switch (next.do) {
    case 'end':
      return `end ${next.state}`;
    case 'look':
      return `look in ${(next.at - now) / 1000} s`;
    case 'hold':
      return `hold until ${next.until - NOW}`;
    default:
      return next.do;
  }
}
