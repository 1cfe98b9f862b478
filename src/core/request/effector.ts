import type { Role } from '../ports';
import type { RequestRecord } from './record';

/** The roles that carry requests out. */
export type Effector = Extract<Role, 'directory' | 'hyperv'>;

/**
 * Whose task a request is, by the verb of its signed command. Only the way to the right queue: each role reads the signed intake itself,
 * and refuses what is not its own.
 */
export function effectorOf({ intake }: Pick<RequestRecord, 'intake'>): Effector {
  return intake.statement.command.startsWith('prepare ') ? 'hyperv' : 'directory';
}
