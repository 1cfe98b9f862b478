import type { Role } from '../ports';
import type { RequestRecord } from './record';

/** The roles that carry requests out. */
export type Effector = Extract<Role, 'directory' | 'hyperv'>;

/** Verbs whose requests are about hosts. */
const HOST_VERBS: readonly string[] = ['prepare'];

/**
 * Whose task a request is, by the verb of its signed command; an undo's is that of the request that it takes back, as the record says.
 * Only the way to the right queue: each role reads the signed intake itself, and refuses what is not its own.
 */
export function effectorOf({ intake, parent }: Pick<RequestRecord, 'intake' | 'parent'>): Effector {
  const [verb = ''] = intake.statement.command.split(' ', 1);
  if (verb === 'undo') return parent?.effector ?? 'directory';
  return HOST_VERBS.includes(verb) ? 'hyperv' : 'directory';
}
