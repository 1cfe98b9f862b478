import type { Verdict } from '../delegation/plan';
import type { SettingChange } from '../hyperv/host-settings';
import { refuse } from '../hyperv/host-verdicts';
import { FOR_MOVES, MOST_HOSTS, prepareHosts, wantedOf } from '../hyperv/prepare-hosts';
import type { HostReading } from '../hyperv-port';

/** What hosts have to be set to before machines move from them or to them, sorted by host; nothing of one that is set up. */
export function settingsFirst(hosts: readonly HostReading[]): readonly SettingChange[] {
  // One by one: how many one request may set is asked of the whole plan.
  return hosts
    .flatMap((reading) => {
      const prepared = prepareHosts([reading], FOR_MOVES);
      return prepared.kind === 'plan' ? prepared.settings : [];
    })
    .toSorted((a, b) => (a.host < b.host ? -1 : 1));
}

/** A host as it is going to be when machines move, by the settings that come first. */
export function asSetUp(reading: HostReading): HostReading {
  if (!reading.facts) return reading;
  const migration = { ...reading.facts.migration, ...wantedOf(FOR_MOVES) };
  return { ...reading, facts: { ...reading.facts, migration } };
}

/** That more hosts would have to be set up than a card can show. */
export function tooManySettings({ length }: readonly SettingChange[]): readonly Verdict[] {
  if (length <= MOST_HOSTS) return [];
  return [
    refuse(
      'hosts.too-many',
      `${length} hosts would have to be set up first: one request sets ${MOST_HOSTS} at most.`,
      'Set them up before, with /hv prepare, then ask again.',
    ),
  ];
}
