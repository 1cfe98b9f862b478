import { SetupProblem } from './problem.mjs';

const OLDEST = [20, 19];

/**
 * Throws unless this Node can run Handover (as `engines` in package.json says).
 * @param {string} [version] such as `20.19.4`
 */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupProblem(`needs Node ${OLDEST.join('.')} or newer; this is Node ${version}.`, 2);
}
