import type { Verdict } from '../delegation/plan';
import type { HostFacts, HostReading } from '../hyperv-port';
import { holds, settingsOf, type HostSettings, type SettingChange } from './host-settings';
import { namesOf, only } from './look-at-host';
import type { Prepared } from './prepare-hosts';
import { saidSettings } from './said-settings';
import { ANY_NETWORK_WARNING, credsspWarning } from './setting-warnings';

/** What a request that is to be undone has set, of the hosts that it has begun with. */
export interface UndoneHosts {
  /** `R-1042`. */
  readonly label: string;
  readonly settings: readonly SettingChange[];
}

/** A setting by its name. */
type SettingName = keyof HostSettings;

/** `Set-VMHost` takes no other number. */
const SETTABLE_MOST = { least: 1, greatest: 1_024 };

/**
 * What sets hosts back to before a request: each setting that is still as the request left it. What was set otherwise since is shown and
 * left alone, and a host that does not answer keeps nobody else from being set back.
 */
export function undoHosts(
  readings: readonly HostReading[],
  { label, settings }: UndoneHosts,
  by: SettingChange['by'] = 'worker',
): Prepared {
  const found = settings.map((change) => {
    const reading = readings.find(({ host }) => host === change.host);
    return backOf({ ...change, by }, reading, label);
  });
  const changes = found.flatMap(({ back }) => back ?? []).toSorted((a, b) => (a.host < b.host ? -1 : 1));
  const verdicts = [...found.flatMap((each) => each.verdicts), ...warnings(changes, readings)];
  if (changes.length > 0) return { kind: 'plan', verdicts, settings: changes };
  const mute = found.filter(({ isSilent }) => isSilent);
  if (mute.length === 0) return { kind: 'already-so', verdicts, settings: [] };
  // That nothing is left to do cannot be known.
  return { kind: 'refused', verdicts: verdicts.map((each) => (isSilence(each) ? refusing(each) : each)) };
}

/** Whether a change gives back nothing but what these changes took, from what they left to what was before. */
export function isBackOf({ host, before, after }: SettingChange, undone: readonly SettingChange[]): boolean {
  const done = undone.find((each) => each.host === host);
  return (
    done !== undefined &&
    namesOf(after).length > 0 &&
    isSettable(after) &&
    namesOf(after).every((name) => isSame(after, done.before, name) && isSame(before, done.after, name))
  );
}

interface Back {
  readonly back: SettingChange | null;
  readonly verdicts: readonly Verdict[];
  readonly isSilent: boolean;
}

function backOf(change: SettingChange, reading: HostReading | undefined, label: string): Back {
  const { host, by, before, after } = change;
  if (!reading?.facts) {
    return { back: null, verdicts: [silent(host, reading?.silent?.message ?? '')], isSilent: true };
  }
  const now = settingsOf(reading.facts);
  const isThere = (name: SettingName) => isSame(now, after, name) && !isSame(now, before, name);
  const there = namesOf(after).filter(isThere);
  const back = there.filter((name) => isSettable(only(before, [name])));
  const lost = there.filter((name) => !back.includes(name));
  const other = namesOf(after).filter((name) => !isSame(now, after, name) && !isSame(now, before, name));
  return {
    back: back.length === 0 ? null : { host, by, before: only(after, back), after: only(before, back) },
    verdicts: [
      ...(other.length === 0 ? [] : [setSince(host, saidSettings(now, other), label)]),
      ...(lost.length === 0 ? [] : [notGivenBack(host, saidSettings(before, lost))]),
    ],
    isSilent: false,
  };
}

/** What giving back means, for whoever approves it. */
function warnings(changes: readonly SettingChange[], readings: readonly HostReading[]): readonly Verdict[] {
  const hostsWith = (isMeant: (after: HostSettings) => boolean): readonly string[] =>
    changes.filter(({ after }) => isMeant(after)).map(({ host }) => host);
  const off = hostsWith(({ enabled }) => enabled === false);
  const credssp = hostsWith(({ auth }) => auth === 'credssp');
  const guarded = credssp.filter((host) => factsOf(readings, host)?.credentialGuard);
  return [
    ...(off.length > 0 ? [turnedOff(off.join(', '))] : []),
    ...(credssp.length > 0 ? [credsspWarning(credssp.join(', '))] : []),
    ...(guarded.length > 0 ? [guardedWarning(guarded.join(', '))] : []),
    ...(hostsWith(({ anyNetwork }) => anyNetwork === true).length > 0 ? [ANY_NETWORK_WARNING] : []),
  ];
}

function factsOf(readings: readonly HostReading[], wanted: string): HostFacts | null {
  return readings.find(({ host }) => host === wanted)?.facts ?? null;
}

function isSame(one: HostSettings, other: HostSettings, name: SettingName): boolean {
  return one[name] !== undefined && other[name] !== undefined && holds(only(one, [name]), other);
}

function isSettable({ most = SETTABLE_MOST.least }: HostSettings): boolean {
  return most >= SETTABLE_MOST.least && most <= SETTABLE_MOST.greatest;
}

function setSince(host: string, settings: readonly string[], label: string): Verdict {
  return {
    check: 'undo.set-since',
    verdict: 'warn',
    sentence: `On ${host} somebody has set this since ${label}, and it stays: ${settings.join(', ')}.`,
    remedy: 'To set it all the same: /hv prepare.',
  };
}

function notGivenBack(host: string, settings: readonly string[]): Verdict {
  return {
    check: 'undo.not-given-back',
    verdict: 'warn',
    sentence: `On ${host} this is not given back, since Windows takes no such value: ${settings.join(', ')}.`,
    remedy: 'Set it with Set-VMHost on the host.',
  };
}

function silent(host: string, why: string): Verdict {
  return {
    check: 'host.answers',
    verdict: 'warn',
    sentence: `${host} does not answer, and stays as it is: ${why}`,
    remedy: `Check that ${host} is up and that WinRM answers there, then ask again.`,
  };
}

function isSilence({ check }: Verdict): boolean {
  return check === 'host.answers';
}

function refusing(verdict: Verdict): Verdict {
  return { ...verdict, verdict: 'refuse' };
}

function turnedOff(names: string): Verdict {
  return {
    check: 'host.turned-off',
    verdict: 'warn',
    sentence: `Afterwards no machine can be moved to or from ${names}.`,
    remedy: '',
  };
}

function guardedWarning(names: string): Verdict {
  return {
    check: 'host.credential-guard',
    verdict: 'warn',
    sentence: `Credential Guard runs on ${names}, and lets no CredSSP pass: every move from there will fail.`,
    remedy: 'Leave it with Kerberos, unless CredSSP is wanted for another reason.',
  };
}
