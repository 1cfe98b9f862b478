import type { HostSettings } from './host-settings';
import { only } from './look-at-host';

const AUTH = { credssp: 'CredSSP', kerberos: 'Kerberos' } as const;

/** What each setting is called, and how its value is said. */
const SAID: { readonly [Name in keyof HostSettings]-?: (value: NonNullable<HostSettings[Name]>) => string } =
  {
    enabled: (value) => `live migration ${value ? 'on' : 'off'}`,
    auth: (value) => `authentication ${AUTH[value]}`,
    anyNetwork: (value) => (value ? 'any network' : 'chosen networks only'),
    networks: (value) => `networks ${value.join(', ') || 'none'}`,
    most: (value) => `${value} live migrations at a time`,
  };

/** The order in which settings are told. */
const ORDER = ['enabled', 'auth', 'anyNetwork', 'networks', 'most'] as const;

/** These settings, or all of them, in a person's words: "authentication Kerberos". */
export function saidSettings(
  settings: HostSettings,
  names: readonly (keyof HostSettings)[] = ORDER,
): readonly string[] {
  return namesInOrder(only(settings, names)).map((name) => saidSetting(settings, name));
}

/** The names of what is set, in the order in which they are told. */
export function namesInOrder(settings: HostSettings): readonly (keyof HostSettings)[] {
  return ORDER.filter((name) => settings[name] !== undefined);
}

/** One setting with its value. */
export function saidSetting(settings: HostSettings, name: keyof HostSettings): string {
  const value = settings[name];
  // SAFETY: a setting's words take that setting's value.
  const say = SAID[name] as (given: NonNullable<HostSettings[keyof HostSettings]>) => string;
  return value === undefined ? 'not known' : say(value);
}
