import type { HostFacts } from '../hyperv-port';
import { holds, settingsOf, type HostSettings, type SettingChange } from './host-settings';

/** How a host stands to its change: to be set, set already, or neither. */
export function lookAtHost(
  facts: Pick<HostFacts, 'migration'>,
  { before, after }: Pick<SettingChange, 'before' | 'after'>,
): 'before' | 'after' | 'other' {
  const now = settingsOf(facts);
  if (holds(after, now)) return 'after';
  return holds(before, now) ? 'before' : 'other';
}

/** The settings of a change that are there already. */
export function settingsThere(
  facts: Pick<HostFacts, 'migration'>,
  { after }: Pick<SettingChange, 'after'>,
): readonly (keyof HostSettings)[] {
  const now = settingsOf(facts);
  return namesOf(after).filter((name) => holds(only(after, [name]), now));
}

/** What a person still has to set, when all the rest is set already; null when something is neither as it was nor as it is to be. */
export function settingsMissing(
  facts: Pick<HostFacts, 'migration'>,
  change: Pick<SettingChange, 'before' | 'after'>,
): readonly (keyof HostSettings)[] | null {
  const there = settingsThere(facts, change);
  const missing = namesOf(change.after).filter((name) => !there.includes(name));
  return holds(only(change.before, missing), settingsOf(facts)) ? missing : null;
}

/** The names of what is set. */
export function namesOf(settings: HostSettings): readonly (keyof HostSettings)[] {
  return Object.keys(settings) as (keyof HostSettings)[];
}

/** These of the settings, and no others. */
export function only(settings: HostSettings, names: readonly (keyof HostSettings)[]): HostSettings {
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as HostSettings;
}
