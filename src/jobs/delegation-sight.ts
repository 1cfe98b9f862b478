import type { DelegationSight } from '../core/hyperv/diagnose';
import type { Queue } from '../core/ports';
import { Fault, problemOf } from '../core/problem';
import type { Person } from '../core/request/statement';
import { askDirectory } from './ask-directory';
import type { Preview } from './preview';

/** How long a worker with the role directory may take, in milliseconds. */
const DELEGATIONS_MS = 5_000;

/** The guards of a delegation and what is missing of it, as a preview would show them; or why nobody says. */
export async function delegationSight(
  queue: Queue,
  { from, to, by }: { from: string; to: string; by: Person },
): Promise<DelegationSight> {
  const command = `delegate ${from} -> ${to} cifs,migration --protocol any`;
  try {
    await askDirectory<unknown>(queue, { about: 'names', typed: [] }, DELEGATIONS_MS);
    // SAFETY: a worker of the same program answers a preview so; it is shown and nothing is done by it.
    return (await queue.ask('directory', { command, by }, DELEGATIONS_MS)) as Preview;
  } catch (error) {
    if (error instanceof Fault) return { silent: problemOf(error) };
    throw error;
  }
}
