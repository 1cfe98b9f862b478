import type { MachineOrder, WindowsFailure } from '../../core/hyperv-port';
import { refusalOf, unavailable } from './hyperv-faults';
import { openShell, type ShellOptions } from './powershell/shell';

/** So long a refusal is waited for, in milliseconds: what takes longer has been taken, and is seen by looking. */
const REFUSED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 250;

/** The longest that the process of an order lives, in milliseconds: `Stop-VM` comes back when the guest has shut down. */
const LONGEST_MS = 15 * 60_000;

/** Tells a host what to do with a machine, in a process of its own: nobody waits until a guest has shut down. */
export async function tellMachine(
  options: ShellOptions,
  { machine, host, what }: MachineOrder,
): Promise<'told' | WindowsFailure> {
  const shell = await openShell(options);
  if (!shell) throw unavailable();
  const order = { Machine: machine, ComputerName: host, What: what };
  const over = shell.call({ call: 'Tell', arguments: order }, LONGEST_MS);
  void over.then(() => shell.kill());
  const { clock } = options;
  const end = clock.monotonic() + REFUSED_WITHIN_MS;
  while (clock.monotonic() < end) {
    const answer = await Promise.race([over, clock.wait(LOOK_EVERY_MS).then(() => null)]);
    if (answer) return answer.kind === 'data' ? 'told' : refusalOf(answer, 'Tell');
  }
  return 'told';
}
