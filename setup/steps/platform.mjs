import { readFileSync } from 'node:fs';

/**
 * What Handover's lab and tests need beside npm packages, by part: Debian's packages, the programs by which one sees on any system
 * that the part is there, and its name for people.
 */
export const PARTS = {
  redis: { packages: ['redis-server'], programs: ['redis-server'], says: 'Redis ≥ 6.2' },
  domain: {
    packages: [
      'samba',
      'samba-ad-dc',
      'samba-ad-provision',
      'samba-dsdb-modules',
      'winbind',
      'krb5-user',
      'ldb-tools',
      'ldap-utils',
      'smbclient',
    ],
    programs: ['samba', 'samba-tool', 'kinit', 'kvno', 'ldbsearch'],
    says: 'Samba AD DC with MIT Kerberos tools',
  },
  chromium: { packages: ['chromium'], programs: ['chromium'], says: 'Chromium' },
  /** No package of Debian: see powershell.mjs. */
  powershell: { packages: [], programs: [], says: 'PowerShell and the .NET SDK' },
};

/** @typedef {keyof typeof PARTS} Part */

/** @typedef {{ isDebian: boolean, isRoot: boolean, missingPackages: string[], missingPrograms: string[] }} Machine */

/**
 * What to do about the parts.
 * @typedef {{ kind: 'ready' } | { kind: 'install', packages: string[] } | { kind: 'tell', line: string }} Way
 */

/**
 * Decides from what is known of the machine; reads and changes nothing.
 * @param {Machine} machine `missingPackages` is looked at on Debian and Ubuntu only
 * @returns {Way}
 */
export function chooseWay({ isDebian, isRoot, missingPackages, missingPrograms }) {
  if (!isDebian) {
    if (missingPrograms.length === 0) return { kind: 'ready' };
    const needed = partsOf(missingPrograms).map((part) => PARTS[part].says);
    const line = `Install ${needed.join(', ')} in the way of your system (not found: ${missingPrograms.join(', ')}).`;
    return { kind: 'tell', line };
  }
  if (missingPackages.length === 0) {
    if (missingPrograms.length === 0) return { kind: 'ready' };
    // Every package is there and yet a program is not: PATH or a broken package, and apt-get would change nothing.
    return { kind: 'tell', line: `Not found on PATH: ${missingPrograms.join(', ')}.` };
  }
  if (isRoot) return { kind: 'install', packages: missingPackages };
  return { kind: 'tell', line: `sudo ${installLine(missingPackages)}` };
}

/**
 * What a person types as root.
 * @param {readonly string[]} packages
 */
export function installLine(packages) {
  return `apt-get install --no-install-recommends ${packages.join(' ')}`;
}

/**
 * The parts that these programs belong to.
 * @param {readonly string[]} programs
 * @returns {Part[]}
 */
function partsOf(programs) {
  return partNames().filter((part) => PARTS[part].programs.some((program) => programs.includes(program)));
}

/** @returns {Part[]} */
function partNames() {
  return /** @type {Part[]} */ (Object.keys(PARTS));
}

/**
 * Whether os-release(5) says Debian, Ubuntu or something made from them.
 * @param {string} text
 */
export function isDebianLike(text) {
  const ids = [...text.matchAll(/^(?:ID|ID_LIKE)=["']?([^"'\n]*)/gm)].flatMap(([, value = '']) =>
    value.split(' '),
  );
  return ids.includes('debian') || ids.includes('ubuntu');
}

/** @returns {string} empty where there is no such file */
export function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
