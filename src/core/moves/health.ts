import type { MachineReading } from '../hyperv-port';
import type { HealthCheck, MachineBefore } from './move-step';

/** Clocks of hosts and guests may differ by this much, in milliseconds. */
const TOLERANCE_MS = 60_000;

/**
 * What a machine has to be like after its move: what it was like before. It runs, its heartbeat is there, it was not started anew, its adapters
 * are connected, and its addresses are seen again. Of one that did not run nothing but its state is asked. `now`: milliseconds since 1970.
 */
export function healthAfter(
  before: MachineBefore,
  after: MachineReading,
  now: number,
): readonly HealthCheck[] {
  const { name } = after;
  const state = check('State', after.state === before.state, {
    well: `${name} is ${after.state}, as before.`,
    ill: `${name} was ${before.state} and is ${after.state} now.`,
    fix:
      before.state === 'running'
        ? `Start it: Get-VM -Id ${after.id} | ${after.state === 'paused' ? 'Resume' : 'Start'}-VM.`
        : 'Look at it in Hyper-V Manager.',
  });
  if (before.state !== 'running') return [state];
  const atLeast = before.uptimeMs + (now - before.at) - TOLERANCE_MS;
  const unplugged =
    before.switches.filter((each) => each !== null).length >
    after.switches.filter((each) => each !== null).length;
  const lost = before.addresses.filter((each) => !after.addresses.includes(each));
  return [
    state,
    ...(before.heartbeat === 'ok'
      ? [
          check('Heartbeat', after.heartbeat === 'ok', {
            well: 'Its heartbeat is there.',
            ill: 'Its heartbeat was there before the move and is not now.',
            fix: `Look at its console; then Restart-VM by its id, ${after.id}, if it hangs.`,
          }),
        ]
      : []),
    check('Uptime', after.uptimeMs >= atLeast, {
      well: 'It has run without a break.',
      ill: 'It was started anew on the way.',
      fix: 'Ask its owner to look at its services.',
    }),
    check('Network', !unplugged, {
      well: 'Its adapters are connected.',
      ill: 'An adapter that was connected is not any more.',
      fix: `Connect it: Get-VM -Id ${after.id} | Get-VMNetworkAdapter | Connect-VMNetworkAdapter -SwitchName "${before.switches.find((each) => each !== null) ?? ''}".`,
    }),
    ...(before.addresses.length > 0
      ? [
          check('Address', lost.length === 0, {
            well: `It has ${before.addresses.join(', ')} again.`,
            ill: `${lost.join(', ')} was seen before the move and is not now.`,
            fix: 'Check VLAN and switch at the destination, then its network from its console.',
          }),
        ]
      : []),
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
