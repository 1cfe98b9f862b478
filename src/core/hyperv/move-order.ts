import type { MoveOrder } from '../hyperv-port';
import { Fault } from '../problem';

/** Throws a Fault for an order that Windows has no command for: within a host, and no path to move files to. */
export function mustBeMove({ from, to, storage }: MoveOrder): void {
  if (from !== to || storage !== null) return;
  throw new Fault({
    code: 'hyperv.no-path',
    retry: 'never',
    message: `A move within ${from} needs a path for the files; nothing was moved.`,
    remedy: 'Name a path, or another host.',
  });
}
