import { isDirectoryAsk, isMoveAsk, type ChangeAsk, type DirectoryAsk } from '../commands/ask';
import type { Plan } from '../delegation/plan';
import { delegationFor } from './delegation-for';
import { refuseEnvelope } from './refuse-envelope';

/**
 * What the directory part of a plan is derived from: the ask itself, or of an ask to move machines the delegation that the envelope needs, as
 * long as that allows no more than was asked for. Null: the directory has no part in it.
 */
export function directoryAskOf(ask: ChangeAsk, { hosts }: Pick<Plan, 'hosts'>): DirectoryAsk | null {
  if (isDirectoryAsk(ask)) return ask;
  if (!isMoveAsk(ask) || !hosts.envelope || refuseEnvelope(hosts.envelope, ask, null) !== null) return null;
  return delegationFor(ask, hosts.envelope);
}
