import type { DirectoryPart } from '../../core/delegation/plan';
import { afterOf, listChanges, powersOf } from '../../core/delegation/powers';
import { hostLabelOf } from '../../core/delegation/spn';
import { foldCase } from '../../core/delegation/values';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import type { Cast } from './cast';
import { changedPart, effectOf, hasKept } from './effect';

/** Whom a request is about, and what its plan is or has come to. */
interface Scene {
  readonly cast: Cast;
  readonly record: RequestRecord;
  /** The same of what has been changed so far; null when that is nothing. */
  readonly changed: Cast | null;
}

type Sentence = (scene: Scene) => string;

const willBeAble: Sentence = ({ cast }) => `${cast.who} will be able to act as any user ${cast.where}`;
const already: Sentence = ({ cast }) => alreadyAble(cast);
const given: Sentence = ({ cast }) =>
  `${cast.who} ${cast.isMany ? 'were' : 'was'} given the right to act as any user ${cast.where}`;
const noNewRight: Sentence = ({ cast }) => `${cast.who} got no new right ${cast.where}`;
const maybeAble: Sentence = ({ cast }) =>
  `${cast.who} may be able to act as any user ${cast.where}: not all is certain`;

/** What a request gives, state by state. */
export const GAINS: Readonly<Record<State, Sentence>> = {
  planning: ({ cast }) => `${cast.who} ${are(cast)} meant to act as any user ${cast.where}`,
  waiting: willBeAble,
  approved: willBeAble,
  running: willBeAble,
  'awaiting-hand': willBeAble,
  stale: (scene) => (scene.record.ending ? noNewRight : willBeAble)(scene),
  done: (scene) => {
    if (effectOf(scene.record) !== 'none') return given(scene);
    return hasKept(scene.record)
      ? `${scene.cast.who} ${scene.cast.isMany ? 'keep' : 'keeps'} the right to act as any user ${scene.cast.where}`
      : already(scene);
  },
  partial: maybeAble,
  failed: (scene) => (effectOf(scene.record) === 'none' ? noNewRight : maybeAble)(scene),
  stuck: maybeAble,
  stopped: (scene) => stopped(scene, { nothing: noNewRight, all: given, uncertain: maybeAble }),
  denied: noNewRight,
  expired: noNewRight,
  withdrawn: noNewRight,
  'already-so': already,
  refused: noNewRight,
};

const willLose: Sentence = ({ cast, record }) => `${cast.who} will ${losing(cast, record.plan?.directory)}`;
const lost: Sentence = ({ cast, record }) => {
  const part = record.plan?.directory;
  return countKept(part) === 0
    ? `${cast.who} lost the right to act as any user ${cast.where}`
    : `${cast.who} lost ${whereKept(cast, part)}`;
};
const keptRight: Sentence = ({ cast }) =>
  `${cast.who} ${cast.isMany ? 'keep what they have' : 'keeps what it has'} ${cast.where}`;
const hadNone: Sentence = ({ cast }) => noSuchRight(cast);
const maybeStillAble: Sentence = ({ cast }) =>
  `${cast.who} may still be able to act as any user ${cast.where}: not all is certain`;

/** What a request takes, state by state. */
export const LOSSES: Readonly<Record<State, Sentence>> = {
  planning: ({ cast }) => `${cast.who} ${are(cast)} meant to lose rights ${cast.where}`,
  waiting: willLose,
  approved: willLose,
  running: willLose,
  'awaiting-hand': willLose,
  stale: (scene) => (scene.record.ending ? keptRight : willLose)(scene),
  done: (scene) => (effectOf(scene.record) === 'none' ? hadNone : lost)(scene),
  partial: maybeStillAble,
  failed: (scene) => (effectOf(scene.record) === 'none' ? keptRight : maybeStillAble)(scene),
  stuck: maybeStillAble,
  stopped: (scene) => stopped(scene, { nothing: keptRight, all: lost, uncertain: maybeStillAble }),
  denied: keptRight,
  expired: keptRight,
  withdrawn: keptRight,
  'already-so': hadNone,
  refused: keptRight,
};

/** A stopped request has changed what it had come to, whole objects of it, and nothing else. */
function stopped(
  scene: Scene,
  { nothing, all, uncertain }: Readonly<Record<'nothing' | 'all' | 'uncertain', Sentence>>,
): string {
  switch (effectOf(scene.record)) {
    case 'none':
      return nothing(scene);
    case 'all':
      return all(scene);
    case 'unknown':
      return uncertain(scene);
    case 'some': {
      const { changed, record } = scene;
      if (!changed || !record.plan) return uncertain(scene);
      const plan = { ...record.plan, directory: changedPart(record) };
      return `${all({ ...scene, cast: changed, record: { ...record, plan } })}; the rest was stopped`;
    }
  }
}

/** What a removal takes, after “will” or “would”. */
export function losing(cast: Cast, part: DirectoryPart | undefined): string {
  return countKept(part) === 0
    ? `no longer be able to act as any user ${cast.where}`
    : `lose ${whereKept(cast, part)}`;
}

/** How many of the powers that the plan touches stay although services go. */
function countKept(part: DirectoryPart | undefined): number {
  if (!part) return 0;
  const left = new Map(
    listChanges(part).map((change) => [change.name, new Set(afterOf(change).map(hostLabelOf))]),
  );
  return powersOf(part).filter(({ source, destination }) => left.get(source)?.has(foldCase(destination)))
    .length;
}

/** Where the power stays: everywhere that services go, or in so many pairs of them. */
function whereKept({ where }: Cast, part: DirectoryPart | undefined): string {
  const [kept, all] = [countKept(part), part ? powersOf(part).length : 0];
  return kept < all
    ? `services ${where}, and can still act as any user there in ${kept} of ${all} pairs`
    : `services, and can still act as any user ${where}`;
}

/** Nothing has to be given. */
export function alreadyAble(cast: Cast): string {
  return `${cast.who} already ${have(cast)} the right to act as any user ${cast.where}`;
}

/** Nothing has to be taken. */
export function noSuchRight(cast: Cast): string {
  return `${cast.who} ${have(cast)} no such right ${cast.where}`;
}

const are = ({ isMany }: Cast): string => (isMany ? 'are' : 'is');
const have = ({ isMany }: Cast): string => (isMany ? 'have' : 'has');
