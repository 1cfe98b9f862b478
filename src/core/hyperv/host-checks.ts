import type { HostFacts, HostReading } from '../hyperv-port';
import { bad, ok, unknown, type MoveCheck } from './check';

interface Ends {
  readonly from: HostReading;
  readonly to: HostReading;
}

/** What both ends of a move have to be, in the order in which Windows would stumble over it. */
export function hostChecks({ from, to }: Ends): readonly MoveCheck[] {
  if (!from.facts || !to.facts) {
    return [from, to].filter(({ facts }) => facts === null).map(checkAnswer);
  }
  const ends = { from: from.facts, to: to.facts, names: [from.host, to.host] as const };
  return [
    ok('Both hosts answer', `${from.host} and ${to.host} were read just now.`),
    ok('Hyper-V Administrators', 'The worker may use Hyper-V at both hosts.'),
    checkAuthentication(ends),
    checkEnabled(ends),
    checkNetworks(ends),
  ];
}

/** Both ends of a move that have answered, and their short names. */
export interface HeardEnds {
  readonly from: HostFacts;
  readonly to: HostFacts;
  readonly names: readonly [string, string];
}

/** That a host does not answer, and why. */
export function checkAnswer({ host, silent }: HostReading): MoveCheck {
  return bad('Both hosts answer', `${host} does not answer: ${silent?.message ?? 'no reason was given'}`, {
    headline: `${host} does not answer`,
    fix: `Check that ${host} is up, that its name resolves and that WinRM answers there.`,
  });
}

/** `Set-VMHost -VirtualMachineMigrationAuthenticationType`; CredSSP fails from elsewhere, and where Credential Guard runs at the source. */
export function checkAuthentication({ from, to, names }: HeardEnds): MoveCheck {
  const name = 'Kerberos at both ends';
  const [source, destination] = names;
  const command = `/hv prepare ${source},${destination} --auth kerberos`;
  const headline = 'the hosts do not both use Kerberos';
  const fix = { headline, fix: `Set Kerberos at both hosts: ${command}.`, command };
  if (from.migration.auth === 'kerberos' && to.migration.auth === 'kerberos') {
    return ok(name, 'Both hosts authenticate moves by Kerberos.');
  }
  if (from.migration.auth !== to.migration.auth) {
    return bad(
      name,
      `${source} uses ${SPELLED[from.migration.auth]}, ${destination} ${SPELLED[to.migration.auth]}.`,
      fix,
    );
  }
  const guard = from.credentialGuard ? ` Credential Guard runs on ${source}, and lets no CredSSP pass.` : '';
  return bad(
    name,
    `Both use CredSSP, Windows’ default: it works only for who is logged on at ${source}.${guard}`,
    fix,
  );
}

const SPELLED = { credssp: 'CredSSP', kerberos: 'Kerberos' } as const;

/** Without `Enable-VMMigration` nothing listens on TCP 6600. */
export function checkEnabled({ from, to, names }: HeardEnds): MoveCheck {
  const name = 'Live migration is on (TCP 6600)';
  const off = [from, to].flatMap((facts, at) => (facts.migration.enabled ? [] : [names[at] ?? '']));
  if (off.length === 0) return ok(name, 'Both hosts take and send live migrations.');
  const command = `/hv prepare ${off.join(',')}`;
  return bad(name, `It is off at ${off.join(' and ')}.`, {
    headline: `live migration is off at ${off.join(' and ')}`,
    fix: `Turn it on: ${command}.`,
    command,
  });
}

/** Whether a migration network is set at both hosts. */
export function checkNetworks({ from, to, names }: HeardEnds): MoveCheck {
  const name = 'Migration networks meet';
  if (from.migration.anyNetwork && to.migration.anyNetwork) {
    return ok(
      name,
      'Both use any network that is there; memory crosses in clear unless the link is encrypted.',
    );
  }
  const own = (facts: HostFacts): string =>
    facts.migration.anyNetwork ? 'any' : facts.migration.networks.join(', ') || 'none';
  const common = from.migration.networks.filter((subnet) => to.migration.networks.includes(subnet));
  if (common.length > 0) return ok(name, `Both have ${common.join(', ')}.`);
  if (from.migration.anyNetwork || to.migration.anyNetwork) {
    return unknown(
      name,
      `${names[0]}: ${own(from)}; ${names[1]}: ${own(to)}. Whether these reach each other is not known here.`,
    );
  }
  return bad(name, `${names[0]} has ${own(from)}, ${names[1]} ${own(to)}.`, {
    headline: 'no migration network in common',
    fix: 'Set the same migration subnet at both hosts.',
    command: `/hv prepare ${names.join(',')} --networks ${from.migration.networks[0] ?? 'any'}`,
  });
}
