import { isAboutMoves } from '../../core/request/advance-moves';
import { effectorOf } from '../../core/request/effector';
import { isMoving } from '../../core/moves/move-step';
import { awaitsChoice } from '../../core/request/nothing-yet';
import { isHeldForWindow } from '../../core/request/window';
import { openHosts, presentRound } from '../../core/moves/rounds';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import { isOnlyShown } from './account';

/** How a card says a state: a sign with a word (never a colour alone), and the verb of its sentence. */
interface Headline {
  readonly badge: string;
  /** Follows the request's label: "R-1042 waits for approval". */
  readonly phrase: string;
}

const HEADLINES: Readonly<Record<State, Headline>> = {
  planning: { badge: '🔎 *Reading the directory*', phrase: 'is being looked into' },
  waiting: { badge: '🔐 *Waiting for approval*', phrase: 'waits for approval' },
  approved: { badge: '👍 *Approved*', phrase: 'is approved and about to be carried out' },
  running: { badge: '▶ *Running*', phrase: 'is being carried out' },
  'awaiting-hand': { badge: '✋ *Waiting for a person’s step*', phrase: 'waits for a person’s step' },
  done: { badge: '✅ *Done*', phrase: 'is done' },
  partial: { badge: '⚠ *Partly done*', phrase: 'was carried out in part only' },
  failed: { badge: '❌ *Failed*', phrase: 'failed' },
  stuck: { badge: '🛑 *Stuck*', phrase: 'is stuck and needs a person' },
  stopped: { badge: '⏹ *Stopped*', phrase: 'was stopped' },
  stale: {
    badge: '♻ *Plan out of date*',
    phrase: 'is being planned again, because the directory has changed',
  },
  denied: { badge: '🚫 *Denied*', phrase: 'was denied' },
  expired: { badge: '⌛ *Expired*', phrase: 'expired without a decision' },
  withdrawn: { badge: '↩ *Withdrawn*', phrase: 'was withdrawn' },
  'already-so': { badge: '☑ *Already so*', phrase: 'needs no change' },
  refused: { badge: '⛔ *Refused*', phrase: 'was refused' },
};

/** Where a request about hosts is called otherwise. */
const OF_HOSTS: Readonly<Partial<Record<State, Partial<Headline>>>> = {
  planning: { badge: '🔎 *Reading the hosts*' },
  stale: { phrase: 'is being planned again, because a host has changed' },
};

const OPENED: Headline = {
  badge: '🔧 *Safe to service*',
  phrase: 'has emptied a host and waits for it to be back',
};

const COMING_UP: Headline = {
  badge: '⏳ *Coming up*',
  phrase: 'waits until a host that has come up is well',
};

const HELD: Headline = {
  badge: '🕘 *Waiting for its window*',
  phrase: 'is approved and waits for its window',
};

const CHOOSING: Headline = { badge: '✋ *Waiting for a choice*', phrase: 'waits for a choice' };

const NOTICING: Headline = {
  badge: '⏳ *Waiting for Windows to notice*',
  phrase: 'waits for Windows to notice (up to 15 min)',
};

const SETTING: Headline = { badge: '▶ *Setting hosts up*', phrase: 'is being carried out' };

/** Whether hosts are being set up so that machines can move. */
function isSetting(record: RequestRecord): boolean {
  return record.state === 'running' && record.hostSteps.length > 0 && isAboutMoves(record);
}

/** What goes on where machines move. */
function runningHeadline(record: RequestRecord): Headline {
  const { moves, rounds } = record;
  const round = presentRound(record);
  if (round?.leg === 'service') return openHosts(round).length > 0 ? OPENED : COMING_UP;
  if (moves.length + rounds.length === 0 && isSetting(record)) return SETTING;
  if (isHeldForWindow(record)) return HELD;
  const isWaiting = moves.some((step) => step.waitingSince !== null && !step.intent && !step.outcome);
  return isWaiting && !moves.some(isMoving)
    ? NOTICING
    : { badge: '▶ *Moving*', phrase: HEADLINES.running.phrase };
}

/** Where a request that moves machines is called otherwise. */
function moveHeadline(record: RequestRecord): Headline | null {
  const { state, moves, rounds, remaining } = record;
  if (awaitsChoice(record)) return CHOOSING;
  const isBegun = moves.length + rounds.length > 0;
  if (state === 'running' && (isBegun || isSetting(record))) return runningHeadline(record);
  if (state !== 'done' || !isBegun) return null;
  const isIll = moves.some(({ outcome }) => outcome?.health.some(({ isWell }) => !isWell));
  const isLeft = remaining?.some(({ machines }) => machines.length > 0) ?? false;
  if (isLeft && !isIll) {
    return { badge: '⚠ *Done, and not empty*', phrase: 'is done as planned, and the host is not empty' };
  }
  return isIll
    ? { badge: '⚠ *Moved, and not well*', phrase: 'is done, and not every machine is well' }
    : null;
}

/** Sign, word and phrase of a request's state; a result claims no more than its proof. */
export function headlineOf(record: RequestRecord): Headline {
  if (record.state === 'stale' && record.ending) {
    return { badge: '♻ *Plan out of date*', phrase: 'was given up, because the directory kept changing' };
  }
  if (isOnlyShown(record)) {
    return { badge: '👁 *Only shown*', phrase: 'is only shown, since the mode is “observe”' };
  }
  const ofMoves = moveHeadline(record);
  if (ofMoves) return ofMoves;
  if (record.state === 'running' && record.proof) {
    return {
      badge: '⏳ *Written, being proved*',
      phrase: 'is written and watched until every domain controller has it',
    };
  }
  if (effectorOf(record) === 'hyperv') return { ...HEADLINES[record.state], ...OF_HOSTS[record.state] };
  if (record.state !== 'done') return HEADLINES[record.state];
  switch (record.proof?.level) {
    case 'proved':
      return { badge: '✅ *Done and proved*', phrase: 'is done and proved' };
    case 'converged':
      return { badge: '✅ *Done, not proved here*', phrase: 'is done, though not proved here' };
    case 'written':
      return {
        badge: '✅ *Written, not everywhere yet*',
        phrase: 'is written, though not on every domain controller yet',
      };
    case 'not-proved':
      return { badge: '⚠ *Written, not proved*', phrase: 'is written, but the proof failed' };
    case undefined:
      return { badge: '⚠ *Written, not read back*', phrase: 'is written, but was not read back' };
  }
}
