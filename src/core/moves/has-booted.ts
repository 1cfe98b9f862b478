import type { HostUp, Round } from './round';

/** Windows moves its boot time when its clock is corrected; no host boots twice in so short a time. */
const SAME_BOOT_MS = 30_000;

/** How far clocks may be apart for Kerberos (Windows’ “Maximum tolerance for computer clock synchronization”, 5 minutes). */
const KERBEROS_SKEW_MS = 300_000;

/** Whether two boot times of a host are of one boot. */
export function isSameBoot(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME_BOOT_MS;
}

/**
 * Whether a host has booted since it was seen empty. A boot from well before that is one whose time was corrected, however far: a host whose clock
 * is further off than that lets nobody in.
 */
export function hasBooted(
  { before, emptiedAt }: Pick<Round, 'before' | 'emptiedAt'>,
  { host, bootedAt }: Pick<HostUp, 'host' | 'bootedAt'>,
): boolean {
  const was = before.find((each) => each.host === host);
  if (!was || emptiedAt === null) return false;
  return bootedAt > was.bootedAt + SAME_BOOT_MS && bootedAt > emptiedAt - KERBEROS_SKEW_MS;
}
