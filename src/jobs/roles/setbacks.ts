import type { RecordChange } from '../../core/ports';
import type { Problem } from '../../core/problem';
import type { AuditEntry } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';

/** What keeps a run from going on: for good, for now, or because the plan has been overtaken. */
export type Hindrance =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'held'; readonly problem: Problem }
  | { readonly kind: 'stale'; readonly sentence: string };

/** A change of a request and what the audit says of it; whoever carries requests out commits it in its own name. */
export type Setback = Pick<AuditEntry, 'what' | 'detail'> & { readonly change: RecordChange };

/** Ends a request because of a problem; the audit names the problem's code. `at`: milliseconds since 1970. */
export function ended(
  { state, problem }: { state: 'failed' | 'refused' | 'stuck' | 'partial'; problem: Problem },
  at: number,
): Setback {
  const change = { state, ending: { problem, at }, trouble: null };
  return { change, what: problem.code, detail: { state, summary: problem.summary } };
}

/** What keeps a request from going on for now; null: that is recorded already. The sweeper asks again. */
export function troubled({ trouble }: RequestRecord, problem: Problem): Setback | null {
  if (trouble?.code === problem.code) return null;
  const detail = { problem: problem.code, summary: problem.summary };
  return { change: { trouble: problem }, what: 'trouble', detail };
}

/** What keeps an approved request from beginning or going on: an ending, a trouble that may pass, or a stale plan. Null: recorded already. */
export function hindered(record: RequestRecord, hindrance: Hindrance, at: number): Setback | null {
  if (hindrance.kind === 'held') return troubled(record, hindrance.problem);
  if (hindrance.kind === 'refused') return ended({ state: 'failed', problem: hindrance.problem }, at);
  const { sentence } = hindrance;
  const voided = [...record.voided, { plan: record.plan?.number ?? 0, sentence, at }];
  return { change: { state: 'stale', voided, trouble: null }, what: 'stale', detail: { sentence } };
}
