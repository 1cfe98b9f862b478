import { liftStaleGuard, withoutStartingServices } from './service-guard.mjs';
import { newOutsideListeners, readListeners, showListener } from './listeners.mjs';
import { chooseWay, installLine, isDebianLike, PARTS, readOsRelease } from './platform.mjs';
import { SetupProblem } from './problem.mjs';
import { missingPrograms, runQuietly } from './programs.mjs';
import { untilInterruptible } from './uninterrupted.mjs';

const APT_ENV = {
  ...process.env,
  DEBIAN_FRONTEND: 'noninteractive',
  // Ubuntu's needrestart would restart services of others.
  NEEDRESTART_SUSPEND: '1',
};
const APT_OPTIONS = ['-qq', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];

/** @typedef {import('./platform.mjs').Part} Part */

/**
 * Sees to it that the programs of these parts are on this machine, as far as it can: installs them, or prints the line to run.
 * @param {readonly Part[]} parts
 * @returns {Promise<Part[]>} those that are still missing
 */
export async function ensureParts(parts) {
  const isDebian = isDebianLike(readOsRelease());
  const isRoot = process.getuid?.() === 0;
  if (isDebian && isRoot) liftStaleGuard('/');
  const way = chooseWay({
    isDebian,
    isRoot,
    missingPackages: isDebian ? await missingPackages(parts.flatMap((part) => PARTS[part].packages)) : [],
    missingPrograms: missingPrograms(parts.flatMap((part) => PARTS[part].programs)),
  });
  if (way.kind === 'install') await installPackages(parts, way.packages);
  if (way.kind === 'tell') console.log(way.line);
  return parts.filter((part) => missingPrograms(PARTS[part].programs).length > 0);
}

/**
 * @param {readonly string[]} names
 * @returns {Promise<string[]>} those that dpkg does not have installed
 */
async function missingPackages(names) {
  // dpkg-query exits with 1 for a name it has never heard of, and lists the others all the same.
  const { output } = await runQuietly('dpkg-query', ['-W', '-f=${db:Status-Abbrev} ${Package}\n', ...names]);
  const installed = new Set([...output.matchAll(/^.i\s+(\S+)$/gm)].map(([, name]) => name));
  return names.filter((name) => !installed.has(name));
}

/**
 * @param {readonly Part[]} parts
 * @param {readonly string[]} packages the packages of all of them that are missing
 */
async function installPackages(parts, packages) {
  console.log(`Installing system packages (their services are not started): ${packages.join(' ')}`);
  const before = readListeners();
  const installed = await untilInterruptible(() =>
    withoutStartingServices('/', () => installByPart(parts, packages, apt)),
  );
  if (installed.length > 0) await keepFromBoot(installed);
  await refuseNewListeners(before);
}

/**
 * Part by part, so that one that cannot be had (no network, no such package in this release) does not keep the others away: it
 * is said, and left missing.
 * @param {readonly Part[]} parts
 * @param {readonly string[]} packages
 * @param {(args: string[]) => Promise<import('./programs.mjs').Result>} run apt-get with these arguments
 * @returns {Promise<string[]>} the packages that were installed
 */
export async function installByPart(parts, packages, run) {
  // A failure here may come from a source that none of the packages needs: the installation itself tells.
  const update = await run(['update', ...APT_OPTIONS]);
  /** @type {string[]} */
  const installed = [];
  for (const part of parts) {
    const wanted = PARTS[part].packages.filter((name) => packages.includes(name));
    if (wanted.length === 0) continue;
    const done = await run([
      'install',
      ...APT_OPTIONS,
      '-y',
      '--no-remove',
      '--no-install-recommends',
      ...wanted,
    ]);
    if (done.code === 0) installed.push(...wanted);
    else sayNotInstalled(part, wanted, [update, done]);
  }
  return installed;
}

/**
 * @param {Part} part
 * @param {readonly string[]} packages
 * @param {readonly import('./programs.mjs').Result[]} results
 */
function sayNotInstalled(part, packages, results) {
  const failed = results.filter(({ code }) => code !== 0);
  const tail = failed.flatMap(({ output }) => output.trim().split('\n').slice(-10)).join('\n');
  console.log(`${PARTS[part].says} could not be installed:\n${tail}\n${installLine(packages)}`);
}

/** @param {string[]} args */
function apt(args) {
  return runQuietly('apt-get', args, { env: APT_ENV });
}

/**
 * The guard holds back services only while packages are installed; without this they would start at the next boot, on
 * every address. Only services of packages that we installed ourselves.
 * @param {string[]} packages
 */
async function keepFromBoot(packages) {
  const { output } = await runQuietly('dpkg-query', ['-L', ...packages]);
  const services = servicesIn(output);
  if (services.length === 0 || missingPrograms(['systemctl']).length > 0) return;
  const { code } = await runQuietly('systemctl', ['disable', '--quiet', ...services]);
  if (code !== 0) console.log(`These may start at the next boot (systemctl disable): ${services.join(' ')}`);
}

/**
 * The systemd services among a package's files, templates left out.
 * @param {string} fileList
 */
export function servicesIn(fileList) {
  const names = [...fileList.matchAll(/\/lib\/systemd\/system\/([^/@\s]+\.service)$/gm)].map(
    ([, name = '']) => name,
  );
  return [...new Set(names)];
}

/**
 * A socket somebody else opened for a moment is no listener: only what stays for two seconds counts.
 * @param {import('./listeners.mjs').Listener[]} before
 */
async function refuseNewListeners(before) {
  let found = newOutsideListeners(before, readListeners());
  for (let look = 0; look < 10 && found.length > 0; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const known = new Set(found.map(showListener));
    found = newOutsideListeners(before, readListeners()).filter((listener) =>
      known.has(showListener(listener)),
    );
  }
  if (found.length === 0) return;
  throw new SetupProblem(
    `the installation opened this machine to others: ${found.map(showListener).join(', ')}.`,
  );
}
