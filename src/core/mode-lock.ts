/** Lab mode talks to loopback only; normal mode talks to slack.com only where Slack is meant. Never a key of the settings. */
export type Mode = 'lab' | 'normal';

/** An address that the mode forbids. */
export class ModeLockError extends Error {
  override readonly name = 'ModeLockError';
}

/** Throws ModeLockError when lab mode is given an LDAP or Redis address outside loopback. */
export function lockAddress(mode: Mode, what: string, address: string): void {
  if (mode === 'lab' && !isLoopback(new URL(address).hostname)) {
    throw new ModeLockError(
      `lab mode refuses ${what} at ${new URL(address).host}: it is not a loopback address`,
    );
  }
}

/** True for 127.0.0.0/8 and ::1 written as addresses. Names are not looked up, so `localhost` is false. */
function isLoopback(hostname: string): boolean {
  return /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]' || hostname === '::1';
}

/** Throws ModeLockError when an address is not Slack's (normal mode: https or wss below slack.com) or not loopback (lab mode). */
export function lockSlackAddress(mode: Mode, address: string): void {
  const { protocol, hostname, host } = new URL(address);
  if (mode === 'lab') {
    lockAddress(mode, 'Slack', address);
    return;
  }
  const isSlack = hostname === 'slack.com' || hostname.endsWith('.slack.com');
  if (!isSlack || (protocol !== 'https:' && protocol !== 'wss:')) {
    throw new ModeLockError(`only slack.com may be Slack: ${protocol}//${host} is refused`);
  }
}
