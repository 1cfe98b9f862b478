import { grouped } from '../../../core/delegation/grouped';
import type { HostSettings, SettingChange } from '../../../core/hyperv/host-settings';

const AUTH = { credssp: 'CredSSP', kerberos: 'Kerberos' } as const;

/** What each setting is called on a card, and how its value is said. */
const SAID: { readonly [Name in keyof HostSettings]-?: (value: NonNullable<HostSettings[Name]>) => string } =
  {
    enabled: (value) => `live migration ${value ? 'on' : 'off'}`,
    auth: (value) => `authentication ${AUTH[value]}`,
    most: (value) => `${value} live migrations at a time`,
    anyNetwork: (value) => (value ? 'any network' : 'chosen networks only'),
    networks: (value) => `networks ${value.join(', ') || 'none'}`,
  };

/** The change of each host as plain lines: what is set, and what it was before. Hosts that change alike stand together. */
export function settingLines(settings: readonly SettingChange[]): readonly string[] {
  const alike = grouped(settings, ({ before, after }) => JSON.stringify([before, after]));
  return alike.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const hosts = group.map(({ host }) => host).join(', ');
    return [
      `Change: how ${hosts} ${group.length === 1 ? 'moves' : 'move'} machines`,
      ...names(first.after).map(
        (name) => `=  ${said(first.after, name)}   (was: ${said(first.before, name)})`,
      ),
    ];
  });
}

const ORDER = ['enabled', 'auth', 'anyNetwork', 'networks', 'most'] as const;

function names(settings: HostSettings): readonly (keyof HostSettings)[] {
  return ORDER.filter((name) => settings[name] !== undefined);
}

function said(settings: HostSettings, name: keyof HostSettings): string {
  const value = settings[name];
  // SAFETY: a setting's words take that setting's value.
  const say = SAID[name] as (given: NonNullable<HostSettings[keyof HostSettings]>) => string;
  return value === undefined ? 'not known' : say(value);
}
