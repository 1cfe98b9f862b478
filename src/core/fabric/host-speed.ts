import type { HostFacts } from '../hyperv-port';
import type { PlanInput } from './plan-input';
import { MEGABIT_PER_SECOND } from './planning-settings';

/**
 * What a host's link takes, in bytes per millisecond: as measured, else what the adapter of the migration network that it prefers says of
 * itself (the slowest one where any network is used), else by the settings.
 */
export function speedOf(name: string, { migration, links }: HostFacts, input: PlanInput): number {
  const { speeds, settings } = input;
  const { anyNetwork, networks } = migration;
  const said = links.flatMap(({ subnet, bitsPerSecond }) =>
    bitsPerSecond === null || bitsPerSecond <= 0 ? [] : [{ subnet, bytesPerMs: bitsPerSecond / 8_000 }],
  );
  const link = anyNetwork
    ? said.toSorted((a, b) => a.bytesPerMs - b.bytesPerMs)[0]
    : said.find(({ subnet }) => subnet === networks.find((each) => said.some((own) => own.subnet === each)));
  return speeds[name] ?? link?.bytesPerMs ?? settings.megabitsPerSecond * MEGABIT_PER_SECOND;
}
