import { standingClock, type StandingClock } from '../../lab/standing-clock';
import { NOW } from './request-record';

/** A clock that stands still until a test lets time pass. */
export function memoryClock(start = NOW): StandingClock {
  return standingClock(start);
}
