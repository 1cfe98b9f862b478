import { isMoveAsk } from '../commands/move-ask';
import type { Role } from '../ports';
import { hasSetHost } from './host-effect';
import type { RequestRecord } from './record';
import { hasEffect, isUnresolved } from './settle';

/** The roles that carry requests out. */
export type Effector = Extract<Role, 'directory' | 'hyperv'>;

/** Verbs whose requests are about hosts. */
const HOST_VERBS: readonly string[] = ['prepare'];

type Kept = Pick<RequestRecord, 'intake' | 'parent'> &
  Partial<Pick<RequestRecord, 'plan' | 'state' | 'steps' | 'hostSteps' | 'moves' | 'rounds'>>;

/**
 * Whose turn it is with a request, by the verb of its signed command; an undo's is that of the request that it takes back, as the record says.
 * Only the way to the right queue: each role reads the signed intake itself, and refuses what is not its own. Moves are planned by the role
 * hyperv; what they need of the directory comes first, and neither they nor settings of hosts have a journal before it is there: beside a change
 * of the directory that was begun and not resolved, such a journal was put there by somebody else, and takes nobody's turn.
 */
export function effectorOf(record: Kept): Effector {
  if (!isMoveAsk({ verb: verbOf(record) })) return undoneBy(record);
  const { plan, state, steps = [], hostSteps = [], moves = [], rounds = [] } = record;
  const isPlanned = plan && state !== 'planning';
  const needsDirectory = isPlanned && plan.directory.changes.length > 0;
  const isBegun = hostSteps.length + moves.length + rounds.length > 0;
  return needsDirectory && (!isBegun || steps.some(isUnresolved)) ? 'directory' : 'hyperv';
}

/**
 * Who takes back what a request has changed. Of one that moved machines that is what they needed of the directory; where nothing of it was written, what
 * hosts were set to.
 */
export function undoneBy(record: Pick<RequestRecord, 'intake' | 'parent'> & Partial<Done>): Effector {
  const verb = verbOf(record);
  if (verb === 'undo') return record.parent?.effector ?? 'directory';
  if (HOST_VERBS.includes(verb)) return 'hyperv';
  const { steps = [], hostSteps = [] } = record;
  const isOnlySet = !steps.some(({ outcome }) => hasEffect(outcome)) && hostSteps.some(hasSetHost);
  return isOnlySet ? 'hyperv' : 'directory';
}

type Done = Pick<RequestRecord, 'steps' | 'hostSteps'>;

function verbOf({ intake }: Pick<RequestRecord, 'intake'>): string {
  return intake.statement.command.split(' ', 1)[0] ?? '';
}
