import { refuseRequester } from '../policy/rules';
import type { Touch } from '../policy/touches';
import { isAuthentic } from './authentic';
import type { RequestRecord } from './record';
import type { Court } from './warrant';

/**
 * Whether somebody has said that hosts are back which were opened, and may say so: machines are moved to them for it. Believed like a decision, by
 * this worker's own keys and policy; a word of another round, or from before they were empty, is about nothing.
 */
export function isSaidBack(
  { id, instructions }: Pick<RequestRecord, 'id' | 'instructions'>,
  { round, since, touches, court }: { round: number; since: number; touches: readonly Touch[]; court: Court },
): boolean {
  return instructions.some((signed) => {
    const { statement } = signed;
    const isMeant = statement.what === 'host-back' && statement.intake === id && statement.round === round;
    return (
      isMeant &&
      statement.at > since &&
      isAuthentic(court.verifier, signed) &&
      refuseRequester(court.policy, touches, statement.by) === null
    );
  });
}
