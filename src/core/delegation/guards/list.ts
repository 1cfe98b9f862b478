import { clipped } from '../listing';
import type { Verdict } from '../plan';
import { isPlainlyNamed } from './account-name';
import { isComputer, isEnabled, isInBases, isNoController, isNotTierZero, pairSameDomain } from './accounts';
import { SIDES, type Guard, type GuardInput } from './guard';
import { destinationNames, isFound, pairDistinct, servicesAllowed } from './names';
import { cifsOwned, migrationOwned } from './owners';
import { sourceCap, sourceConstrained, sourceProtocol } from './trust';

/** The guards of the change kind `delegation-add`, the most telling first: a card shows the first refusal largest. */
export const DELEGATION_ADD_GUARDS: readonly Guard[] = [
  servicesAllowed,
  ...SIDES.map(isFound),
  pairDistinct,
  ...SIDES.map(isComputer),
  ...SIDES.map(isNoController),
  ...SIDES.map(isNotTierZero),
  ...SIDES.map(isPlainlyNamed),
  ...SIDES.map(isEnabled),
  ...SIDES.map(isInBases),
  pairSameDomain,
  sourceConstrained,
  destinationNames,
  cifsOwned,
  migrationOwned,
  sourceProtocol,
  sourceCap,
];

/**
 * Runs every guard and gives all verdicts. A guard may pass its question over only beside a refusal of another one; when
 * nothing refuses, a question that nobody answered is a refusal itself. `ask` gives a guard's answer about
 * this input.
 */
export function runGuards(
  input: GuardInput,
  guards: readonly Guard[] = DELEGATION_ADD_GUARDS,
  ask = (guard: Guard): Verdict | null => answerOf(guard, input),
): readonly Verdict[] {
  const answers = guards.map(ask);
  const verdicts = answers.filter((answer) => answer !== null);
  if (verdicts.length === guards.length || isRefused(verdicts)) return verdicts;
  const open = guards.filter((_, at) => answers[at] === null).map(({ name }) => name);
  const sentence = `Nothing speaks against this plan, but it was not checked for ${open.join(', ')}.`;
  return [
    ...verdicts,
    {
      check: 'guards.complete',
      verdict: 'refuse',
      sentence,
      remedy: 'This is a bug: report it with this text.',
    },
  ];
}

/** Whether any guard refuses. */
export function isRefused(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ verdict }) => verdict === 'refuse');
}

/** What one guard says. Sentences that list what the directory holds may be long; a record has to stay readable. */
export function answerOf(guard: Guard, input: GuardInput): Verdict | null {
  const finding = guard.check(input);
  if (!finding) return null;
  const { verdict, sentence, remedy } = finding;
  return { check: guard.name, verdict, sentence: clipped(sentence), remedy: clipped(remedy) };
}
