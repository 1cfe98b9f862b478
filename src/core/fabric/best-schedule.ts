import { lowerBound } from './bounds';
import type { Fleet } from './fleet';
import { scheduleOf, type Timed } from './schedule';
import { tightBefore } from './sequence';
import type { Work } from './work';

/** Moves of all tries together, and tries of one plan at most. */
const STEPS = 24_000;
const MOST_TRIES = 600;
/** So close to the bound is close enough: of few moves, and of more than those. */
const CLOSE = 1.0005;
const FEW = 60;
const NEAR = 1.006;

/**
 * The longest move first, and where that is not as short as can be, as many other orders as time lets: the same ones each time. With
 * few moves for a slot the order decides much, with many hardly anything.
 */
export function bestSchedule(works: readonly Work[], fleet: Fleet): readonly Timed[] {
  const enough = lowerBound(works, fleet.input) * (works.length > FEW ? NEAR : CLOSE);
  const ground = { fleet, tight: tightBefore(works.map(({ step }) => step)) };
  let best = scheduleOf(works, ground);
  let least = makespanOf(best);
  const tries = Math.min(MOST_TRIES, Math.floor(STEPS / Math.max(1, works.length)) - 1);
  for (let attempt = 0; attempt < tries && least > enough; attempt += 1) {
    const spread = 2 ** ((attempt % 6) - 3);
    const next = scheduleOf(
      works,
      ground,
      ({ aloneMs, at }) => aloneMs * (1 + spread * fractionOf(attempt, at)),
    );
    const ms = makespanOf(next);
    if (ms < least) [best, least] = [next, ms];
  }
  return best;
}

/** How long a schedule takes, in milliseconds. */
export function makespanOf(timed: readonly Timed[]): number {
  return timed.reduce((most, { endMs }) => Math.max(most, endMs), 0);
}

/** A fraction that is the same for the same two numbers and looks like chance (mulberry32). */
function fractionOf(attempt: number, at: number): number {
  let bits = (Math.imul(attempt + 1, 0x9e3779b1) + Math.imul(at + 1, 0x85ebca6b)) | 0;
  bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
}
