import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PARTS } from './platform.mjs';

/** @typedef {import('./platform.mjs').Part} Part */

/** What a test imports when it uses a part, itself or through others. */
const DOORS = {
  domain: ['test/support/domain.ts'],
  chromium: ['test/support/chromium.ts', 'test/support/browser.ts'],
  powershell: ['test/support/powershell.ts'],
};

/** A value import or re-export of a file of ours; imports of types are gone when a test runs. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?'(\.[^']*)'/gm;

/**
 * The test files that cannot do without a part: they reach one of its doors, or begin with `/** @needs PART` because they start it
 * themselves. Sorted paths from the root.
 * @param {string} root
 * @param {Exclude<Part, 'redis'>} part
 * @returns {string[]}
 */
export function testsThatNeed(root, part) {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' });
  const tests = files.filter((file) => file.endsWith('.test.ts')).map((file) => join('test', file));
  /** @type {Map<string, string[]>} */
  const known = new Map();
  return tests
    .filter((test) => saysSo(root, test, part) || reaches(root, test, { doors: DOORS[part], known }))
    .toSorted();
}

/**
 * The one loud line about the test files that did not run.
 * @param {Part} part
 * @param {readonly string[]} tests
 */
export function skippedLine(part, tests) {
  return `*** SKIPPED, because this machine lacks ${PARTS[part].says} (test files: ${tests.length}): ${tests.join(', ')} ***`;
}

/**
 * @param {string} root
 * @param {string} test
 * @param {Part} part
 */
function saysSo(root, test, part) {
  return new RegExp(`^/\\*\\* @needs ${part}\\b`).test(readFileSync(join(root, test), 'utf8'));
}

/**
 * @param {string} root
 * @param {string} from
 * @param {{ doors: string[], known: Map<string, string[]> }} search `known`: what was read of each file so far
 */
function reaches(root, from, { doors, known }) {
  const seen = new Set([from]);
  // A set grows while it is walked, and every file is walked once.
  for (const file of seen) {
    if (doors.includes(file)) return true;
    const imported = known.get(file) ?? importsOf(root, file);
    known.set(file, imported);
    for (const next of imported) seen.add(next);
  }
  return false;
}

/**
 * @param {string} root
 * @param {string} file
 */
function importsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(IMPORT)].flatMap(([, specifier = '']) => {
    const path = join(root, dirname(file), specifier);
    const found = [`${path}.ts`, path].find((each) => existsSync(each));
    return found === undefined || !/\.(ts|mjs)$/.test(found) ? [] : [relative(root, found)];
  });
}
