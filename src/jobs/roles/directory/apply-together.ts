import type { DirectoryChange, ListChange, Plan } from '../../../core/delegation/plan';
import { Fault, invariant } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { beginTemporary } from './begin-temporary';
import { findHindrance } from './hindrance';
import { holdObject, type Hold } from './hold-object';
import { changeKeys, stepOf, withSteps } from './journal';
import type { DirectoryParts } from './parts';
import { recordOutcomes, type Outcome, type Withdrawn } from './record-outcome';
import { intentOf, resolve, writeStep, type HeldStep } from './write-step';
import { isAtHome } from './writer';

/** As many steps begin together. */
const TOGETHER = 16;

/** The steps go on one by one when less than this is left to send them in, in milliseconds: the domain controller is slow. */
const TIME_TO_SEND_MS = 2_000;

/** A step with the lease that is to be given back. */
interface StepWithHold extends HeldStep {
  readonly hold: Hold;
}

/** A step with the intent that is in the ledger. */
interface Begun extends Withdrawn {
  readonly step: HeldStep;
}

/**
 * Carries out the next changes of lists together, as far as nothing is out of the ordinary: none of them was begun, nothing
 * hinders any, all objects can be had and are as before. One transition records all their intents and one their outcomes; the
 * modifies go one after the other, each only if nobody has said stop. Whatever does not come out plainly is left to `applyStep`, with its
 * intent if anything may have been sent. False when nothing was begun.
 */
export async function applyTogether(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, left }: { plan: Plan; left: readonly DirectoryChange[] },
): Promise<boolean> {
  const changes = plainChanges(parts, record, { plan, left });
  if (changes.length < 2 || !(await isAtHome(parts, changes))) return false;
  for (const change of changes) {
    if (await findHindrance(parts, record, { plan, change })) return false;
  }
  const held = await holdAll(parts, record, { plan, changes });
  try {
    const before = await asBefore(held);
    const isSlow = before.some(({ hold }) => parts.clock.monotonic() > hold.sendUntil - TIME_TO_SEND_MS);
    if (before.length < 2 || isSlow) return false;
    await carryOut(parts, record, { plan, steps: before });
    return true;
  } finally {
    await Promise.all(held.map(({ hold }) => hold.release()));
  }
}

/** The first changes that are left, up to one that is no change of a list or that may have been written already. */
function plainChanges(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, left }: Parameters<typeof applyTogether>[2],
): readonly ListChange[] {
  const keyOf = changeKeys(record, plan);
  const plain: ListChange[] = [];
  for (const change of left.slice(0, TOGETHER)) {
    const isBegun = stepOf(record, change).intent || parts.wrote.has(keyOf(change));
    if (change.attribute !== 'msDS-AllowedToDelegateTo' || isBegun) break;
    plain.push(change);
  }
  return plain;
}

async function holdAll(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, changes }: { plan: Plan; changes: readonly ListChange[] },
): Promise<readonly StepWithHold[]> {
  const { directory } = parts;
  const held = await Promise.all(
    changes.map(async (change): Promise<StepWithHold | null> => {
      const hold = await holdObject(parts, record, change);
      return hold && { parts, directory, plan, change, hold };
    }),
  );
  return held.filter((each) => each !== null);
}

/** Of these steps those whose objects are as before. None when the domain controller does not answer: `applyStep` tells why. */
async function asBefore(steps: readonly StepWithHold[]): Promise<readonly StepWithHold[]> {
  const looks = await Promise.allSettled(
    steps.map((step) => resolve(step, { hadIntent: false, isOurs: false })),
  );
  if (looks.some(({ status }) => status === 'rejected')) return [];
  return steps.filter((_, at) => {
    const look = looks[at];
    return look?.status === 'fulfilled' && look.value === null;
  });
}

/** Does nothing when somebody else was first, who may have said stop. */
async function carryOut(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, steps }: { plan: Plan; steps: readonly HeldStep[] },
): Promise<void> {
  const until = await beginTemporary(parts, record, plan);
  const begun = steps.map((step) => ({ step, change: step.change, ...intentOf(step) }));
  const journal = begun.map(({ change, intent }) => ({ change, part: { intent } }));
  const [first, ...others] = begun.map(({ entry }) => entry);
  invariant(first !== undefined, 'steps that begin together are some');
  const change = { steps: withSteps(record, journal), until };
  const intended = await parts.ledger.commit(record, change, [first, ...others]);
  if (!intended) return;
  const { outcomes, unsent, fault } = await writeInTurn(begun, intended);
  // A lease that is over may be somebody else's, and so may the intent.
  const withdrawn = unsent.filter(({ step }) => parts.clock.monotonic() < step.hold.until);
  await recordOutcomes(parts, intended, { outcomes, withdrawn });
  if (fault) throw fault;
}

/** How far it came: of the steps that are `unsent` nothing has left this process, and at most one is in neither list. */
interface Sent {
  readonly outcomes: readonly Outcome[];
  readonly unsent: readonly Begun[];
  readonly fault: Fault | null;
}

/** Ends with the first step that does not come out plainly. */
async function writeInTurn(begun: readonly Begun[], intended: RequestRecord): Promise<Sent> {
  const outcomes: Outcome[] = [];
  for (const [at, { step, change }] of begun.entries()) {
    const draft = await writeStep(step, intended, false).catch(faultOf);
    if (draft === 'not-sent') return { outcomes, unsent: begun.slice(at), fault: null };
    if (draft === 'not-known' || draft instanceof Fault) {
      return { outcomes, unsent: begun.slice(at + 1), fault: draft === 'not-known' ? null : draft };
    }
    outcomes.push({ change, draft, what: 'outcome', directory: step.directory });
  }
  return { outcomes, unsent: [], fault: null };
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  throw error;
}
