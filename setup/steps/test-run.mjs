import { PARTS } from './platform.mjs';
import { refuseWithout } from './prepare.mjs';
import { skippedLine, testsThatNeed } from './test-needs.mjs';
import { isInTier, jestArguments, without } from './tiers.mjs';

/** @typedef {import('./platform.mjs').Part} Part */

/**
 * What jest is given on a machine without some parts, and what is said about it afterwards. Throws SetupProblem where everything
 * counts (`isCi`): there nothing may be left out but what takes PowerShell, which most machines of this kind have not.
 * @param {object} run
 * @param {string} run.root
 * @param {readonly string[]} run.typed after `npm test --`
 * @param {readonly Part[]} run.missing
 * @param {boolean} run.isCi
 * @returns {{ args: string[], parts: string, lines: string[] }} `parts`: for HANDOVER_TEST_PARTS
 */
export function planTests({ root, typed, missing, isCi }) {
  if (isCi) refuseWithout(missing.filter((part) => part !== 'powershell'));
  const skipped = missing
    .filter((part) => part !== 'redis')
    .map((part) => ({ part, tests: testsThatNeed(root, part).filter((test) => isInTier(test, typed)) }));
  const left = new Set(skipped.flatMap(({ tests }) => tests));
  return {
    args: [...jestArguments(typed), ...without([...left])],
    parts: Object.keys(PARTS)
      .filter((name) => !missing.some((part) => part === name))
      .join(','),
    lines: skipped.map(({ part, tests }) => skippedLine(part, tests)),
  };
}
