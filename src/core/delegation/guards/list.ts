import { clipped } from '../listing';
import type { Verdict } from '../plan';
import { isPlainlyNamed } from './account-name';
import { isComputer, isEnabled, isInBases, isNoController, isNotTierZero, pairSameDomain } from './accounts';
import { SIDES, type Finding, type Guard, type GuardInput } from './guard';
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
 * nothing refuses, a question that nobody answered is a refusal itself.
 */
export function runGuards(
  input: GuardInput,
  guards: readonly Guard[] = DELEGATION_ADD_GUARDS,
): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  const open: string[] = [];
  for (const guard of guards) {
    const finding = guard.check(input);
    if (finding) verdicts.push(written(guard.name, finding));
    else open.push(guard.name);
  }
  if (open.length === 0 || isRefused(verdicts)) return verdicts;
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

const known = new WeakMap<Finding, Verdict>();

/**
 * Sentences that list what the directory holds may be long; a record has to stay readable. What is found about one host holds
 * for all of its pairs, and is the same verdict for all of them.
 */
function written(check: string, finding: Finding): Verdict {
  const found = known.get(finding);
  if (found?.check === check) return found;
  const { verdict, sentence, remedy } = finding;
  const made = { check, verdict, sentence: clipped(sentence), remedy: clipped(remedy) };
  known.set(finding, made);
  return made;
}
