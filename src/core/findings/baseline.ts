import type { FindingsAnswer } from '../survey/answer';
import type { Finding } from './finding';

/** What was known at the first run: every fact's key, sorted, and when that was. */
export interface Baseline {
  readonly keys: readonly string[];
  readonly at: number;
}

/** A finding beside the baseline. */
export interface ComparedFinding extends Finding {
  /** At least one of its facts was not known. */
  readonly isNew: boolean;
}

/** Findings beside the baseline of earlier runs. */
export interface ComparedFindings extends Omit<FindingsAnswer, 'findings'> {
  readonly findings: readonly ComparedFinding[];
  /** When the baseline was taken; `isFirst`: by this very run. */
  readonly baseline: { readonly at: number; readonly isFirst: boolean };
}

/** Marks what the baseline does not know. */
export function compareWithBaseline(
  keys: readonly string[],
  findings: readonly Finding[],
): readonly ComparedFinding[] {
  const known = new Set(keys);
  return findings.map((finding) => ({ ...finding, isNew: finding.keys.some((key) => !known.has(key)) }));
}

/**
 * The baseline after a run: what is gone is forgotten, so that it is new should it come back; nothing is ever added, so that nothing new
 * passes unseen. The same object when nothing has gone.
 */
export function settleBaseline(baseline: Baseline, findings: readonly Finding[]): Baseline {
  const present = new Set(findings.flatMap(({ keys }) => keys));
  const keys = baseline.keys.filter((key) => present.has(key));
  return keys.length === baseline.keys.length ? baseline : { ...baseline, keys };
}

/** The first baseline: everything that there is. */
export function firstBaseline(findings: readonly Finding[], at: number): Baseline {
  return { keys: [...new Set(findings.flatMap(({ keys }) => keys))].toSorted(), at };
}
