import { z } from 'zod';
import type { HostFacts } from '../hyperv-port';
import { ShortName } from './short-name';

/** As `Get-VMMigrationNetwork` shows it: what a host has may be a single address, or of IPv6. */
const Network = z.string().regex(/^[0-9a-fA-F.:]{1,45}(?:\/\d{1,3})?$/);

/** What of a host a request may set, each as it is to be afterwards; what is not named stays as it is. */
export const HostSettings = z.strictObject({
  /** `Enable-VMMigration`. */
  enabled: z.boolean().exactOptional(),
  auth: z.enum(['credssp', 'kerberos']).exactOptional(),
  /** Live migrations at a time. */
  most: z.int().min(0).max(0xffff_ffff).exactOptional(),
  anyNetwork: z.boolean().exactOptional(),
  /** The preferred one first. */
  networks: z.array(Network).max(64).exactOptional(),
});
export type HostSettings = z.infer<typeof HostSettings>;

/**
 * One host's change: the same settings before and after, and no others. Sorted by host within a plan. `by`: the worker sets it, or a
 * person does and the worker looks.
 */
export const SettingChange = z
  .strictObject({
    host: ShortName,
    by: z.enum(['worker', 'hand']).default('worker'),
    before: HostSettings,
    after: HostSettings,
  })
  .refine(
    ({ before, after }) => Object.keys(before).toSorted().join() === Object.keys(after).toSorted().join(),
  );
export type SettingChange = z.infer<typeof SettingChange>;

/** Whether a text is an IPv4 subnet by its first address: `10.0.5.0/24`, and not `10.0.5.7/24`. */
export function isSubnet(text: string): boolean {
  const [address = '', length = ''] = text.split('/');
  const parts = address.split('.').map(Number);
  const bits = Number(length);
  const isWhole =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  if (!isWhole || !/^\d{1,2}$/.test(length) || bits < 8 || bits > 30) return false;
  const value = parts.reduce((sum, part) => sum * 256 + part, 0);
  return value % 2 ** (32 - bits) === 0;
}

/** What a host has of what a request may set. */
export function settingsOf({ migration }: Pick<HostFacts, 'migration'>): Required<HostSettings> {
  const { enabled, auth, most, anyNetwork, networks } = migration;
  return { enabled, auth, most, anyNetwork, networks: [...networks] };
}

/** Whether these settings are what a host has, network by network in their order. */
export function holds(settings: HostSettings, now: HostSettings): boolean {
  const { networks, ...single } = settings;
  const isSame = Object.entries(single).every(([name, value]) => now[name as keyof typeof single] === value);
  return isSame && (networks === undefined || networks.join() === (now.networks ?? []).join());
}
