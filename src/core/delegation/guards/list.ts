import { clipped } from '../listing';
import type { Verdict } from '../plan';
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
  const findings = guards.map((guard) => ({ check: guard.name, finding: guard.check(input) }));
  const verdicts = findings.flatMap(({ check, finding }) => (finding ? [written(check, finding)] : []));
  if (isRefused(verdicts) || verdicts.length === guards.length) return verdicts;
  const open = findings.filter(({ finding }) => finding === null).map(({ check }) => check);
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

/** Sentences that list what the directory holds may be long; a record has to stay readable. */
function written(check: string, finding: Omit<Verdict, 'check'>): Verdict {
  return { ...finding, check, sentence: clipped(finding.sentence), remedy: clipped(finding.remedy) };
}
