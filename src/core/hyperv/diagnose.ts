import type { DirectoryPart, Verdict } from '../delegation/plan';
import type { Problem } from '../problem';
import type { WindowsFailure } from '../hyperv-port';
import { causeOf } from './causes';
import { bad, ok, unknown, type MoveCheck } from './check';
import { hostChecks } from './host-checks';
import type { MoveAnswer } from './hosts-answer';
import { machineChecks } from './machine-checks';

/** What the directory says of a delegation from one host to another: what guards say, and what is missing; or why nobody knows. */
export type DelegationSight =
  | { readonly verdicts: readonly Verdict[]; readonly part: DirectoryPart | null }
  | { readonly silent: Problem };

/** What a diagnosis is made of. */
export interface Seen {
  readonly from: string;
  readonly to: string;
  /** As it was asked for; null: none was named. */
  readonly machine: string | null;
  readonly delegation: DelegationSight;
  readonly hosts: MoveAnswer | { readonly silent: Problem };
}

/** Every check in its order, and the first real cause: the one to act on. */
export interface Diagnosis {
  readonly checks: readonly MoveCheck[];
  readonly cause: MoveCheck | null;
}

/**
 * Runs every check. What is wrong in the directory or at the hosts comes before what Windows says, since its codes have many
 * causes; of a refusal with nothing else wrong the denial that the source remembers is the cause.
 */
export function diagnose(seen: Seen): Diagnosis {
  const { hosts } = seen;
  const directory = delegationChecks(seen);
  const ends = 'silent' in hosts ? [unheard('Both hosts answer', hosts.silent)] : hostChecks(hosts);
  const machine = 'silent' in hosts ? [] : machineOf(seen, hosts);
  const before = [...directory, ...ends];
  const windows = 'silent' in hosts ? [] : windowsChecks(seen, hosts, [...before, ...machine]);
  const checks = [...before, ...windows, ...machine, logOn(windows)];
  return { checks, cause: checks.find(({ result }) => result === 'bad') ?? null };
}

/** SPNs and their owners, the four values, the trust mode: what the guards of a request would say. */
function delegationChecks({ from, to, delegation }: Seen): readonly MoveCheck[] {
  if ('silent' in delegation) return [unheard('Delegation', delegation.silent)];
  const { verdicts, part } = delegation;
  const refused = verdicts.find(({ verdict }) => verdict === 'refuse');
  if (refused || !part) {
    return [
      bad('Names and owners', refused?.sentence ?? 'The directory does not let this be delegated.', {
        headline: 'the directory does not allow it',
        fix: refused?.remedy ?? 'Look at /hv findings.',
      }),
    ];
  }
  const command = `/delegate ${from} -> ${to} cifs,migration --protocol any`;
  const missing = part.changes.flatMap((change) =>
    change.attribute === 'msDS-AllowedToDelegateTo' ? change.add : [],
  );
  const lacksTrust = part.changes.some(({ kind }) => kind === 'trust-mode');
  return [
    ok('Names and owners', `Every name of ${to} belongs to ${to} alone.`),
    missing.length > 0
      ? bad('Delegation', `${from} may not delegate to ${missing.join(', ')}.`, {
          headline: 'delegation is missing',
          fix: `Ask for it: ${command}.`,
          command,
        })
      : ok('Delegation', `${from} may delegate to cifs and the migration service of ${to}.`),
    lacksTrust
      ? bad(
          'Any authentication protocol',
          `${from} is trusted for Kerberos only: since Windows Server 2016 moves that are started from elsewhere fail with that.`,
          { headline: `${from} is trusted for Kerberos only`, fix: `Ask for it: ${command}.`, command },
        )
      : ok('Any authentication protocol', `${from} is trusted for it.`),
  ];
}

function machineOf({ machine, from }: Seen, hosts: MoveAnswer): readonly MoveCheck[] {
  const [first, ...others] = hosts.machines;
  const reading = hosts.from.facts?.machines.find(({ id }) => id === first);
  if (machine !== null && first === undefined && hosts.from.facts) {
    return [
      bad('The machine', `No machine “${machine}” is on ${from}.`, {
        headline: `“${machine}” is not on ${from}`,
        fix: `Look where it runs: /hv hosts, then ask with that host.`,
      }),
    ];
  }
  if (machine !== null && others.length > 0) {
    return [
      bad(
        'The machine',
        `${others.length + 1} machines on ${from} are called “${machine}”: ${hosts.machines.join(', ')}.`,
        {
          headline: 'several machines have that name',
          fix: 'Ask with the id of the one that is meant.',
        },
      ),
    ];
  }
  return reading && machine !== null ? machineChecks(reading, hosts) : [];
}

/** What `Compare-VM` says: the same sign-in as the move itself, so the best test there is. */
function windowsChecks(
  { from, to, machine }: Seen,
  { found, from: source }: MoveAnswer,
  others: readonly MoveCheck[],
): readonly MoveCheck[] {
  const name = 'Windows’ own check (Compare-VM)';
  if (found === null) return [unknown(name, `No machine on ${source.host} could be tried with.`)];
  // Of a machine that nobody asked about only what would keep every machine counts.
  const counted = machine === null ? found.filter(({ code }) => isOfHosts(code)) : found;
  if (counted.length === 0) return [ok(name, 'Windows finds nothing against it.')];
  return counted.map((failure) => windowsCheck(failure, { from, to, name, others }));
}

/** Codes that are about the two hosts: sign-in, rights, the network. */
function isOfHosts(code: string): boolean {
  return /^0x8009|^0x80070005|^0x80070569|^0x80072/i.test(code);
}

function windowsCheck(
  failure: WindowsFailure,
  { from, to, name, others }: { from: string; to: string; name: string; others: readonly MoveCheck[] },
): MoveCheck {
  const cause = causeOf(failure.code);
  const evidence = `Windows says ${failure.code}: ${failure.message}`;
  const isWell = others.every(({ result }) => result === 'ok');
  if (cause?.isDelegation && failure.code.startsWith('0x8009030') && isWell) {
    return bad(
      'A refusal that the source remembers',
      `Everything is in the directory, and ${from} is still refused for ${to}. A host remembers a refusal for about 15 minutes; or its own domain controller has not got the change yet.`,
      {
        headline: 'the source remembers a refusal',
        fix: `Run klist purge -li 0x3e7 on ${from}, or wait, then ask again.`,
      },
    );
  }
  return bad(name, evidence, {
    headline: `Windows says ${failure.code}`,
    fix: cause?.fix ?? 'Look the code up with this text; Handover does not know it.',
  });
}

function unheard(name: string, { summary }: Problem): MoveCheck {
  return unknown(name, summary);
}

/** Nobody can look at this from elsewhere: only the error of a move tells. */
function logOn(windows: readonly MoveCheck[]): MoveCheck {
  const name = 'Log on as a service';
  const failed = windows.find(({ evidence }) => evidence.includes('0x80070569'));
  return failed
    ? { ...failed, name }
    : unknown(name, 'Only a move that fails with 0x80070569 shows that it is missing.');
}
