import type { Verdict } from '../delegation/plan';
import type { HostReading } from '../hyperv-port';
import { holds, settingsOf, type HostSettings, type SettingChange } from './host-settings';
import { refuse, silentHost } from './host-verdicts';
import { ANY_NETWORK_WARNING, credsspWarning } from './setting-warnings';

/** A card shows every setting of so many hosts, though no two are alike. */
export const MOST_HOSTS = 16;

/** What hosts are to be prepared with; null: that is left as it is. */
export interface Preparation {
  readonly auth: 'kerberos' | 'credssp';
  readonly networks: readonly string[] | 'any' | null;
  readonly most: number | null;
}

/** All that moves need of a host: migration on, by Kerberos, since nobody is logged on there. */
export const FOR_MOVES: Preparation = { auth: 'kerberos', networks: null, most: null };

/** What an ask to prepare hosts comes to. */
export type Prepared =
  | { readonly kind: 'refused'; readonly verdicts: readonly Verdict[] }
  | {
      readonly kind: 'already-so' | 'plan';
      readonly verdicts: readonly Verdict[];
      readonly settings: readonly SettingChange[];
    };

/** Runs all guards on every host and, when none refuses, derives what is to be set, and by whom: only what differs, sorted by host. */
export function prepareHosts(
  readings: readonly HostReading[],
  asked: Preparation,
  by: SettingChange['by'] = 'worker',
): Prepared {
  const verdicts = [...readings.flatMap((reading) => judge(reading, asked)), ...judgeAll(readings, asked)];
  if (verdicts.some(({ verdict }) => verdict === 'refuse')) return { kind: 'refused', verdicts };
  const settings = readings
    .flatMap((reading) => changeOf(reading, asked, by))
    .toSorted((a, b) => (a.host < b.host ? -1 : 1));
  return { kind: settings.length === 0 ? 'already-so' : 'plan', verdicts, settings };
}

/** What a host is to have afterwards, of what is asked. */
export function wantedOf({ auth, networks, most }: Preparation): HostSettings {
  return {
    enabled: true,
    auth,
    ...(most !== null && { most }),
    ...(networks === 'any' && { anyNetwork: true }),
    ...(networks !== null && networks !== 'any' && { anyNetwork: false, networks: [...networks] }),
  };
}

/** Whether settings are nothing but what is asked, each to the value that is asked. */
export function isPreparation(after: HostSettings, asked: Preparation): boolean {
  const wanted = wantedOf(asked);
  const isNamed = Object.keys(after).every((name) => name in wanted);
  return isNamed && holds(after, { ...wanted, networks: wanted.networks ?? [] });
}

function changeOf(
  { host, facts }: HostReading,
  asked: Preparation,
  by: SettingChange['by'],
): readonly SettingChange[] {
  if (!facts) return [];
  const now = settingsOf(facts);
  const wanted = Object.entries(wantedOf(asked)).filter(([name, value]) => !holds({ [name]: value }, now));
  if (wanted.length === 0) return [];
  const before = Object.fromEntries(
    wanted.map(([name]) => [name, now[name as keyof HostSettings]]),
  ) as HostSettings;
  return [{ host, by, before, after: Object.fromEntries(wanted) as HostSettings }];
}

function judge({ host, facts, silent }: HostReading, { auth, networks }: Preparation): readonly Verdict[] {
  if (!facts) return [silentHost(host, silent.message)];
  const { credentialGuard, subnets } = facts;
  const named = networks === null || networks === 'any' ? [] : networks;
  const lacking = named.filter((subnet) => !subnets.includes(subnet));
  return [
    { check: 'host.answers', verdict: 'ok', sentence: `${host} answers.`, remedy: '' },
    ...(auth === 'credssp' && credentialGuard
      ? [
          refuse(
            'host.credential-guard',
            `Credential Guard runs on ${host}, and lets no CredSSP pass: every move from it would fail.`,
            'Ask for --auth kerberos, and for the delegation between the hosts.',
          ),
        ]
      : []),
    ...(lacking.length > 0
      ? [
          refuse(
            'host.subnet',
            `${host} has no address in ${lacking.join(', ')}; it has ${subnets.join(', ') || 'none that was found'}.`,
            'Name a subnet that every one of these hosts has an address in.',
          ),
        ]
      : []),
  ];
}

function judgeAll(readings: readonly HostReading[], { auth, networks }: Preparation): readonly Verdict[] {
  const names = readings.map(({ host }) => host).join(', ');
  return [
    ...(readings.length > MOST_HOSTS
      ? [
          refuse(
            'hosts.too-many',
            `${readings.length} hosts are more than one card can show: ${MOST_HOSTS} at most are set up by one request.`,
            'Ask for fewer hosts at a time.',
          ),
        ]
      : []),
    ...(auth === 'credssp' ? [credsspWarning(names)] : []),
    ...(networks === 'any' ? [ANY_NETWORK_WARNING] : []),
  ];
}
