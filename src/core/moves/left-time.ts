import type { Forecast } from './forecast';
import { hasMoved, isMoving, type MoveStep } from './move-step';
import type { MoveProgress } from './progress-port';

/** Before so many bytes are over, nobody knows how fast it goes. */
const LEAST_SHARE = 0.02;

/**
 * How long the rest of the moves takes in milliseconds, at the rate at which bytes went over so far, with all that lay between; null as long as that
 * is not known. By the times of the record alone, so that the same record gives the same answer.
 */
export function leftMs(
  moves: readonly MoveStep[],
  forecast: Forecast | null,
  progress: readonly MoveProgress[],
): number | null {
  const bytesOf = new Map((forecast?.moves ?? []).map(({ machine, bytes }) => [machine, bytes]));
  const far = new Map(progress.map((each) => [each.machine, each.percent / 100]));
  const share = (step: MoveStep): number => (isMoving(step) ? (far.get(step.machine) ?? 0) : 0);
  // What has failed is neither over nor still to go.
  const own = moves.filter((step) => step.outcome === null || hasMoved(step));
  const total = sum(own.map(({ machine }) => bytesOf.get(machine) ?? 0));
  const gone = sum(own.map((step) => (step.outcome ? 1 : share(step)) * (bytesOf.get(step.machine) ?? 0)));
  const begun = moves.flatMap(({ intent }) => intent?.at ?? []);
  const seen = [...moves.flatMap(({ outcome }) => outcome?.at ?? []), ...progress.map(({ since }) => since)];
  const took = Math.max(0, ...seen) - Math.min(...begun);
  const isOver = moves.every(({ outcome }) => outcome);
  if (isOver || begun.length === 0 || gone < total * LEAST_SHARE || gone <= 0 || took <= 0) return null;
  return ((total - gone) / gone) * took;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0);
}
