import { parseCommand } from '../../core/commands/parse';
import type { DelegateAsk } from '../../core/commands/ask';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import { effectOf } from './effect';
import { clip } from './text';

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
  done: { badge: '✅ *Done*', phrase: 'is done' },
  partial: { badge: '⚠ *Partly done*', phrase: 'was carried out in part only' },
  failed: { badge: '❌ *Failed*', phrase: 'failed' },
  stuck: { badge: '🛑 *Stuck*', phrase: 'is stuck and needs a person' },
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

/** Sign, word and phrase of a request's state; a result claims no more than its proof. */
export function headlineOf(record: RequestRecord): Headline {
  if (record.state === 'stale' && record.ending) {
    return { badge: '♻ *Plan out of date*', phrase: 'was given up, because the directory kept changing' };
  }
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

/**
 * The sentence of power: what the change means, whatever its services are called, since a ticket for one service of a host
 * can be turned into one for another (MS-SFU). Plain text without a full stop; says no more than what is known.
 */
export function powerSentence(record: RequestRecord): string {
  const pair = pairOf(record);
  return pair ? POWERS[record.state](pair, record) : 'A request whose command cannot be read';
}

const willBeAble = ({ source, anyUser }: Pair): string => `${source} will be able ${anyUser}`;
const alreadyAble = ({ source, anyUser }: Pair): string => `${source} already has the right ${anyUser}`;
const noNewRight = ({ source, destination }: Pair): string => `${source} got no new right on ${destination}`;
const uncertain = ({ source, anyUser }: Pair): string =>
  `${source} may be able ${anyUser}: not all is certain`;

const POWERS: Readonly<Record<State, (pair: Pair, record: RequestRecord) => string>> = {
  planning: ({ source, anyUser }) => `${source} is meant ${anyUser}`,
  waiting: willBeAble,
  approved: willBeAble,
  running: willBeAble,
  stale: (pair, record) => (record.ending ? noNewRight(pair) : willBeAble(pair)),
  done: (pair, record) =>
    effectOf(record) === 'none' ? alreadyAble(pair) : `${pair.source} was given the right ${pair.anyUser}`,
  partial: uncertain,
  failed: (pair, record) => (effectOf(record) === 'none' ? noNewRight(pair) : uncertain(pair)),
  stuck: uncertain,
  denied: noNewRight,
  expired: noNewRight,
  withdrawn: noNewRight,
  'already-so': alreadyAble,
  refused: noNewRight,
};

/** The ask of a record's intake, or null when its command cannot be read (an edited record). */
export function askOf(record: RequestRecord): DelegateAsk | null {
  const parsed = parseCommand('/hv', record.intake.statement.command);
  return parsed.ok && parsed.ask.verb === 'delegate' ? parsed.ask : null;
}

interface Pair {
  readonly source: string;
  readonly destination: string;
  readonly anyUser: string;
}

/** The directory's own names once there is a plan, what was typed before. */
function pairOf(record: RequestRecord): Pair | null {
  const ask = askOf(record);
  const asked = ask && { source: ask.source.text, destination: ask.destination.text };
  const power = record.plan?.directory.powers[0] ?? asked;
  if (!power) return null;
  const [source, destination] = [clip(power.source, 50), clip(power.destination, 50)];
  return { source, destination, anyUser: `to act as any user on ${destination}` };
}
