import { readFileSync } from 'node:fs';

/** What the lab needs of Debian and Ubuntu. */
export const PACKAGES = [
  'samba',
  'samba-ad-dc',
  'samba-ad-provision',
  'samba-dsdb-modules',
  'winbind',
  'krb5-user',
  'ldb-tools',
  'redis-server',
  'ldap-utils',
  'smbclient',
];

/** By these one sees, on any system, that the lab can run. */
export const PROGRAMS = ['samba', 'samba-tool', 'redis-server', 'kinit', 'kvno', 'ldbsearch'];

/** @typedef {{ isDebian: boolean, isRoot: boolean, missingPackages: string[], missingPrograms: string[] }} Machine */

/**
 * What to do about the lab's parts.
 * @typedef {{ kind: 'ready' } | { kind: 'install', packages: string[] } | { kind: 'tell', line: string, mayGoOn: boolean }} Way
 */

/**
 * Decides from what is known of the machine; reads and changes nothing.
 * @param {Machine} machine `missingPackages` is looked at on Debian and Ubuntu only
 * @returns {Way}
 */
export function chooseWay({ isDebian, isRoot, missingPackages, missingPrograms }) {
  const mayGoOn = missingPrograms.length === 0;
  if (!isDebian) {
    const line = `The lab needs Samba AD DC, Redis ≥ 6.2, MIT Kerberos tools (not found: ${missingPrograms.join(', ')}).`;
    return mayGoOn ? { kind: 'ready' } : { kind: 'tell', line, mayGoOn };
  }
  if (missingPackages.length === 0 && mayGoOn) return { kind: 'ready' };
  // Every package is there and yet a program is not: PATH or a broken package, and apt-get would change nothing.
  if (missingPackages.length === 0) {
    return { kind: 'tell', line: `Not found on PATH: ${missingPrograms.join(', ')}.`, mayGoOn };
  }
  if (isRoot) return { kind: 'install', packages: missingPackages };
  const line = `sudo apt-get install --no-install-recommends ${missingPackages.join(' ')}`;
  return { kind: 'tell', line, mayGoOn };
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
