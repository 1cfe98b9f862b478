import { isChange, type ChangeAsk, type HostTerm } from '../../core/commands/ask';
import { namesOf } from '../../core/commands/host-terms';
import { parseCommand } from '../../core/commands/parse';
import { keepsPower } from '../../core/delegation/removal';
import type { DirectoryPart, Power } from '../../core/delegation/plan';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import { effectOf } from './effect';
import { clip } from './text';

/** More hosts than this are counted, not named, in a sentence; where that is longer than a header, more than one are. */
const HOSTS_NAMED = [3, 1] as const;
/** A header has 150 characters, and the end of the sentence is what must not be lost. */
const LONGEST = 150;

/** Who gains or loses the power, over whom, with the verb's number. */
interface Cast {
  readonly who: string;
  readonly isMany: boolean;
  /** "on hyper-v02", "on each other". */
  readonly where: string;
}

type Sentence = (cast: Cast, record: RequestRecord) => string;

/**
 * The sentence of power: what the change means, whatever its services are called, since a ticket for one service of a host
 * can be turned into one for another (MS-SFU). Plain text without a full stop; says no more than what is known.
 */
export function powerSentence(record: RequestRecord): string {
  const ask = askOf(record);
  return shortEnough((named) => {
    const cast = castOf(record, ask, named);
    if (!cast) return 'A request whose command cannot be read';
    return (isRemoval(record, ask) ? LOSSES : GAINS)[record.state](cast, record);
  });
}

/** What a plan would mean, for a preview. */
export function wouldSentence(part: DirectoryPart): string {
  return shortEnough((named) => would(part, castOfPowers(part.powers, named)));
}

function would(part: DirectoryPart, cast: Cast | null): string {
  if (!cast) return 'Nothing would change';
  const isAdding = part.changes.some(({ kind }) => kind === 'delegation-add');
  const isRemoving = part.changes.some(({ kind }) => kind === 'delegation-remove');
  if (isAdding) return `${cast.who} would be able to act as any user ${cast.where}`;
  return isRemoving
    ? `${cast.who} would ${losing(cast, part)}`
    : `${cast.who} already ${have(cast)} the right to act as any user ${cast.where}`;
}

function shortEnough(sentence: (named: number) => string): string {
  const [full, counting] = HOSTS_NAMED.map((named) => sentence(named));
  return full !== undefined && full.length <= LONGEST ? full : (counting ?? '');
}

/** The ask of a record's intake, or null when its command cannot be read (an edited record). */
export function askOf(record: RequestRecord): ChangeAsk | null {
  const parsed = parseCommand('/hv', record.intake.statement.command);
  return parsed.ok && isChange(parsed.ask) ? parsed.ask : null;
}

const willBeAble: Sentence = ({ who, where }) => `${who} will be able to act as any user ${where}`;
const alreadyAble: Sentence = (cast) =>
  `${cast.who} already ${have(cast)} the right to act as any user ${cast.where}`;
const noNewRight: Sentence = ({ who, where }) => `${who} got no new right ${where}`;
const maybeAble: Sentence = ({ who, where }) =>
  `${who} may be able to act as any user ${where}: not all is certain`;

const GAINS: Readonly<Record<State, Sentence>> = {
  planning: (cast) => `${cast.who} ${are(cast)} meant to act as any user ${cast.where}`,
  waiting: willBeAble,
  approved: willBeAble,
  running: willBeAble,
  stale: (cast, record) => (record.ending ? noNewRight : willBeAble)(cast, record),
  done: (cast, record) =>
    effectOf(record) === 'none'
      ? alreadyAble(cast, record)
      : `${cast.who} ${cast.isMany ? 'were' : 'was'} given the right to act as any user ${cast.where}`,
  partial: maybeAble,
  failed: (cast, record) => (effectOf(record) === 'none' ? noNewRight : maybeAble)(cast, record),
  stuck: maybeAble,
  denied: noNewRight,
  expired: noNewRight,
  withdrawn: noNewRight,
  'already-so': alreadyAble,
  refused: noNewRight,
};

const willLose: Sentence = (cast, { plan }) => `${cast.who} will ${losing(cast, plan?.directory)}`;
const keptRight: Sentence = (cast) =>
  `${cast.who} ${cast.isMany ? 'keep' : 'keeps'} what ${cast.isMany ? 'they have' : 'it has'} ${cast.where}`;
const hadNone: Sentence = (cast) => `${cast.who} ${have(cast)} no such right ${cast.where}`;
const maybeStillAble: Sentence = ({ who, where }) =>
  `${who} may still be able to act as any user ${where}: not all is certain`;

const LOSSES: Readonly<Record<State, Sentence>> = {
  planning: (cast) => `${cast.who} ${are(cast)} meant to lose rights ${cast.where}`,
  waiting: willLose,
  approved: willLose,
  running: willLose,
  stale: (cast, record) => (record.ending ? keptRight : willLose)(cast, record),
  done: (cast, record) => {
    if (effectOf(record) === 'none') return hadNone(cast, record);
    const part = record.plan?.directory;
    return countKept(part) === 0
      ? `${cast.who} lost the right to act as any user ${cast.where}`
      : `${cast.who} lost ${whereKept(cast, part)}`;
  },
  partial: maybeStillAble,
  failed: (cast, record) => (effectOf(record) === 'none' ? keptRight : maybeStillAble)(cast, record),
  stuck: maybeStillAble,
  denied: keptRight,
  expired: keptRight,
  withdrawn: keptRight,
  'already-so': hadNone,
  refused: keptRight,
};

function losing(cast: Cast, part: DirectoryPart | undefined): string {
  return countKept(part) === 0
    ? `no longer be able to act as any user ${cast.where}`
    : `lose ${whereKept(cast, part)}`;
}

/** How many of the powers that the plan touches stay although services go. */
function countKept(part: DirectoryPart | undefined): number {
  const kept = (part?.powers ?? []).filter(({ source, destination }) =>
    part?.changes.some((change) => change.name === source && keepsPower(change, destination)),
  );
  return kept.length;
}

/** Where the power stays: everywhere that services go, or in so many pairs of them. */
function whereKept({ where }: Cast, part: DirectoryPart | undefined): string {
  const [kept, all] = [countKept(part), part?.powers.length ?? 0];
  return kept < all
    ? `services ${where}, and can still act as any user there in ${kept} of ${all} pairs`
    : `services, and can still act as any user ${where}`;
}

function isRemoval(record: RequestRecord, ask: ChangeAsk | null): boolean {
  const kinds = record.plan?.directory.changes.map(({ kind }) => kind) ?? [];
  return kinds.length > 0 ? kinds.includes('delegation-remove') : ask?.verb === 'undelegate';
}

/** The directory's own names once there is a plan, what was typed before. */
function castOf(record: RequestRecord, ask: ChangeAsk | null, named: number): Cast | null {
  const powers = castOfPowers(record.plan?.directory.powers ?? [], named);
  if (powers || !ask) return powers;
  const sources = typed(ask.sources, named);
  if (ask.way === 'mesh') return { who: sources.text, isMany: true, where: 'on each other' };
  const destinations = typed(ask.destinations, named);
  return ask.way === 'both-ways'
    ? { who: `${sources.text} and ${destinations.text}`, isMany: true, where: 'on each other' }
    : { who: sources.text, isMany: sources.isMany, where: `on ${destinations.text}` };
}

function castOfPowers(powers: readonly Power[], named: number): Cast | null {
  if (powers.length === 0) return null;
  const sources = [...new Set(powers.map(({ source }) => source))];
  const destinations = [...new Set(powers.map(({ destination }) => destination))];
  const isMany = sources.length > 1;
  const everyone = new Set([...sources, ...destinations]);
  const isMesh =
    isMany &&
    powers.length === everyone.size * (everyone.size - 1) &&
    powers.every(({ source, destination }) => source !== destination);
  if (isMesh) return { who: hosts(sources, named), isMany, where: 'on each other' };
  const where = `on ${hosts(destinations, named)}`;
  return powers.length === sources.length * destinations.length
    ? { who: hosts(sources, named), isMany, where }
    : { who: hosts(sources, named), isMany, where: `${where} (${powers.length} pairs)` };
}

function typed(
  terms: readonly HostTerm[],
  named: number,
): { readonly text: string; readonly isMany: boolean } {
  const { names, all } = namesOf(terms);
  const texts = names.map(({ text }) => text);
  if (!all) return { text: hosts(texts, named), isMany: texts.length !== 1 };
  return { text: texts.length === 0 ? 'all hosts' : `${hosts(texts, named)} and all hosts`, isMany: true };
}

function hosts(names: readonly string[], named: number): string {
  const short = names.map((name) => clip(name, names.length > 1 ? 25 : 50));
  if (short.length > named) return `${short.length} hosts`;
  return short.length < 2 ? short.join('') : `${short.slice(0, -1).join(', ')} and ${short.at(-1) ?? ''}`;
}

const are = ({ isMany }: Cast): string => (isMany ? 'are' : 'is');
const have = ({ isMany }: Cast): string => (isMany ? 'have' : 'has');
