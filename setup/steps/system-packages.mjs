import { liftStaleGuard, withoutStartingServices } from './service-guard.mjs';
import { newOutsideListeners, readListeners, showListener } from './listeners.mjs';
import { chooseWay, isDebianLike, PACKAGES, PROGRAMS, readOsRelease } from './platform.mjs';
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

/** Sees to it that the lab's programs are on this machine, or throws with what the person can do about it (exit 2). */
export async function ensureSystemPackages() {
  const isDebian = isDebianLike(readOsRelease());
  const isRoot = process.getuid?.() === 0;
  if (isDebian && isRoot) liftStaleGuard('/');
  const way = chooseWay({
    isDebian,
    isRoot,
    missingPackages: isDebian ? await missingPackages(PACKAGES) : [],
    missingPrograms: missingPrograms(PROGRAMS),
  });
  if (way.kind === 'ready') return;
  if (way.kind === 'install') return installPackages(way.packages);
  console.log(way.line);
  if (!way.mayGoOn)
    throw new SetupProblem('parts of the lab are missing on this machine; see the line above.', 2);
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

/** @param {string[]} packages */
async function installPackages(packages) {
  console.log(`Installing system packages (their services are not started): ${packages.join(' ')}`);
  const before = readListeners();
  await untilInterruptible(() => withoutStartingServices('/', () => aptInstall(packages)));
  await keepFromBoot(packages);
  await refuseNewListeners(before);
  const missing = missingPrograms(PROGRAMS);
  if (missing.length > 0)
    throw new SetupProblem(`still not found after the installation: ${missing.join(', ')}.`, 2);
}

/** @param {string[]} packages */
async function aptInstall(packages) {
  const steps = [
    ['update', ...APT_OPTIONS],
    ['install', ...APT_OPTIONS, '-y', '--no-remove', '--no-install-recommends', ...packages],
  ];
  for (const args of steps) {
    const { code, output } = await runQuietly('apt-get', args, { env: APT_ENV });
    if (code === 0) continue;
    const tail = output.trim().split('\n').slice(-20).join('\n');
    throw new SetupProblem(`apt-get ${args[0]} failed (exit ${code}):\n${tail}`, 2);
  }
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
