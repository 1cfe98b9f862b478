import type { MachineReading } from '../hyperv-port';
import { quoted } from '../hyperv/quoted';
import type { HealthCheck, MachineBefore } from './move-step';

/** Clocks of hosts and guests may differ by this much, in milliseconds. */
const TOLERANCE_MS = 60_000;

/** A machine after its move, as the host says where it is now; `at`: when it was read, in milliseconds since 1970. */
interface After {
  readonly reading: MachineReading;
  readonly host: string;
  readonly at: number;
  /** Whether it was stopped for its move, and started again. */
  readonly isRestarted: boolean;
}

/**
 * What a machine has to be like after its move: what it was like before. It runs, its heartbeat is there, it was not started anew, its adapters
 * are connected, and its addresses are seen again. Of one that did not run nothing but its state is asked.
 */
export function healthAfter(before: MachineBefore, after: After): readonly HealthCheck[] {
  const { reading, host } = after;
  const { name } = reading;
  const found = `Get-VM -ComputerName ${host} -Id ${reading.id}`;
  const isSame = reading.state === before.state;
  const state = check('State', isSame, {
    well: `${name} is ${reading.state}, as before.`,
    ill: `${name} was ${before.state} and is ${reading.state} now.`,
    fix:
      before.state === 'running'
        ? `Start it: ${found} | ${reading.state === 'paused' ? 'Resume' : 'Start'}-VM.`
        : 'Look at it in Hyper-V Manager.',
  });
  if (before.state !== 'running') return [state];
  const heartbeat = check('Heartbeat', reading.heartbeat === 'ok', {
    well: 'Its heartbeat is there.',
    ill: 'Its heartbeat was there before the move and is not now.',
    fix: `Look at its console; if it hangs, restart it: ${found} | Restart-VM.`,
  });
  return [
    state,
    ...(before.heartbeat === 'ok' ? [heartbeat] : []),
    ...(after.isRestarted ? [] : [uptime(before, after)]),
    ...network(before, reading, found),
    ...addresses(before, reading),
  ];
}

/** Uptime goes on through a live migration, and never falls but by a start; clocks alone may differ a little. */
function uptime(before: MachineBefore, { reading, at }: After): HealthCheck {
  const atLeast = Math.max(before.uptimeMs, before.uptimeMs + (at - before.at) - TOLERANCE_MS);
  return check('Uptime', reading.uptimeMs >= atLeast, {
    well: 'It has run without a break.',
    ill: 'It was started anew on the way.',
    fix: 'Ask its owner to look at its services.',
  });
}

/** Adapters keep their order; each that was connected has to be, to whatever switch. */
function network(before: MachineBefore, after: MachineReading, found: string): readonly HealthCheck[] {
  const connected = before.switches.filter((each) => each !== null);
  if (connected.length === 0) return [];
  const lost = before.switches.filter((each, at) => each !== null && (after.switches[at] ?? null) === null);
  const adapters = `${found} | Get-VMNetworkAdapter | Where-Object Connected -eq $false`;
  return [
    check('Network', lost.length === 0, {
      well: connected.length === 1 ? 'Its adapter is connected.' : 'Its adapters are connected.',
      ill: 'An adapter that was connected is not any more.',
      fix: `Connect it: ${adapters} | Connect-VMNetworkAdapter -SwitchName ${quoted(lost[0] ?? '')}.`,
    }),
  ];
}

/** All IPv4 addresses again. Of IPv6 one is enough: guests change their temporary ones by themselves (RFC 8981). */
function addresses(before: MachineBefore, after: MachineReading): readonly HealthCheck[] {
  const isV6 = (address: string): boolean => address.includes(':');
  const isThere = (address: string): boolean => after.addresses.includes(address);
  const v4 = before.addresses.filter((each) => !isV6(each));
  const v6 = before.addresses.filter(isV6);
  if (v4.length + v6.length === 0) return [];
  const lost = v4.length > 0 ? v4.filter((each) => !isThere(each)) : v6.some(isThere) ? [] : v6;
  const seen = v4.length > 0 ? v4 : v6.filter(isThere);
  return [
    check('Address', lost.length === 0, {
      well: `It has ${seen.join(', ')} again.`,
      ill: `${lost.join(', ')} was seen before the move and is not now.`,
      fix: 'Check VLAN and switch at the destination, then its network from its console.',
    }),
  ];
}

/** Whether nothing is wrong. */
export function isWell(checks: readonly HealthCheck[]): boolean {
  return checks.every((each) => each.isWell);
}

function check(
  name: string,
  isSo: boolean,
  { well, ill, fix }: { well: string; ill: string; fix: string },
): HealthCheck {
  return { name, isWell: isSo, sentence: isSo ? well : ill, fix: isSo ? '' : fix };
}
