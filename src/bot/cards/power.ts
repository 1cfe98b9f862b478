import {
  isChange,
  isMoveAsk,
  type ChangeAsk,
  type PairedAsk,
  type PrepareAsk,
  type UndoAsk,
} from '../../core/commands/ask';
import { parseCommand } from '../../core/commands/parse';
import type { DirectoryPart } from '../../core/delegation/plan';
import { powersOf } from '../../core/delegation/powers';
import { remembered } from '../../core/remembered';
import { isAboutHosts } from '../../core/request/advance-hosts';
import type { RequestRecord } from '../../core/request/record';
import { isOnlyShown } from './account';
import { hostSentence } from './hosts/host-sentence';
import { moveSentence } from './moves/move-sentence';
import { clip } from './text';
import { castOfAsk, castOfPowers, castOfTrust, type Cast } from './cast';
import { changedPart } from './effect';
import { meantSentence, type WholeAsk } from './meant';
import { alreadyAble, GAINS, losing, LOSSES, noSuchRight } from './power-sentences';

/** More hosts than this are counted, not named, in a sentence; where that is longer than a header, more than one are. */
const HOSTS_NAMED = [3, 1] as const;
/** A header has 150 characters, and the end of the sentence is what must not be lost. */
const LONGEST = 150;

/**
 * The sentence of power: what the change means, whatever its services are called, since a ticket for one service of a host
 * can be turned into one for another (MS-SFU). Plain text without a full stop; says no more than what is known.
 */
export function powerSentence(record: RequestRecord): string {
  const ask = askOf(record);
  if (ask && isMoveAsk(ask)) return shortEnough(() => clip(moveSentence(record, ask), LONGEST));
  if (ask && isOfHosts(record, ask)) return shortEnough(() => hostSentence(record, ask));
  if (record.plan && isOnlyShown(record)) return wouldSentence(record.plan.directory, ask);
  return shortEnough((named) => {
    const cast = castOf(record.plan?.directory ?? null, ask, named);
    if (cast) {
      const changed = castOfPart(changedPart(record), named);
      return (isRemoval(record, ask) ? LOSSES : GAINS)[record.state]({ cast, record, changed });
    }
    return isWhole(ask)
      ? meantSentence(ask, record.state === 'stale' && record.ending ? 'failed' : record.state)
      : 'A request whose command cannot be read';
  });
}

/** What a plan would mean, for a preview. Of one that changes nothing the ask says whom it is about. */
export function wouldSentence(part: DirectoryPart, ask: ChangeAsk | null = null): string {
  return shortEnough((named) => {
    const cast = castOf(part, ask, named);
    if (part.changes.length > 0 && cast) return would(part, cast);
    if (cast) return ask?.verb === 'undelegate' ? noSuchRight(cast) : alreadyAble(cast);
    return isWhole(ask) ? meantSentence(ask, 'already-so') : 'Nothing would change';
  });
}

function would(part: DirectoryPart, cast: Cast): string {
  return isTaking(part)
    ? `${cast.who} would ${losing(cast, part)}`
    : `${cast.who} would be able to act as any user ${cast.where}`;
}

function shortEnough(sentence: (named: number) => string): string {
  const [full, counting] = HOSTS_NAMED.map((named) => sentence(named));
  return full !== undefined && full.length <= LONGEST ? full : (counting ?? '');
}

/** One card asks for it several times. */
const readAsked = remembered((command) => parseCommand('/hv', command), 64);

/** The ask of a record's intake, or null when its command cannot be read (an edited record). */
export function askOf(record: RequestRecord): ChangeAsk | null {
  const parsed = readAsked(record.intake.statement.command);
  return parsed.ok && isChange(parsed.ask) ? parsed.ask : null;
}

function isOfHosts(record: RequestRecord, ask: ChangeAsk): ask is PrepareAsk | UndoAsk {
  return ask.verb === 'prepare' || (ask.verb === 'undo' && isAboutHosts(record));
}

function isWhole(ask: ChangeAsk | null): ask is WholeAsk {
  return ask !== null && ask.verb !== 'prepare' && !isMoveAsk(ask) && !isPaired(ask);
}

function isPaired(ask: ChangeAsk): ask is PairedAsk {
  return ask.verb === 'delegate' || ask.verb === 'undelegate';
}

/** The directory's own names once there is a plan, what was typed before. */
function castOf(part: DirectoryPart | null, ask: ChangeAsk | null, named: number): Cast | null {
  const planned = part && castOfPart(part, named);
  return planned ?? (ask && isPaired(ask) ? castOfAsk(ask, named) : null);
}

/** Where a part gives and takes, whom it gives to comes first: that is what must not be overlooked. */
function castOfPart(part: DirectoryPart, named: number): Cast | null {
  const giving = part.changes.filter(({ kind }) => kind !== 'delegation-remove');
  const isMixed = giving.length > 0 && giving.length < part.changes.length;
  const powers = powersOf(isMixed ? { ...part, changes: giving } : part);
  return castOfPowers(powers, named) ?? castOfTrust(part, named);
}

function isRemoval(record: RequestRecord, ask: ChangeAsk | null): boolean {
  const part = record.plan?.directory;
  return part && part.changes.length > 0 ? isTaking(part) : ask?.verb === 'undelegate';
}

function isTaking({ changes }: DirectoryPart): boolean {
  return changes.length > 0 && changes.every(({ kind }) => kind === 'delegation-remove');
}
