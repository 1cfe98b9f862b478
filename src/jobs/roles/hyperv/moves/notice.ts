import { Fault } from '../../../../core/problem';
import type { WindowsFailure } from '../../../../core/hyperv-port';
import type { MoveStep } from '../../../../core/moves/move-step';
import type { HostEffectorParts } from '../parts';

/**
 * Asks Windows whether it would let a machine move, by the sign-in of the move itself (`Compare-VM`). A refused sign-in is asked for once more
 * after the source has forgotten what its KDC refused before (`klist purge -li 0x3e7`): LSA remembers a refusal for 15 minutes (domain facts,
 * section 1), and asking in vain makes it remember anew.
 */
export async function tryCompare(
  { hyperV }: Pick<HostEffectorParts, 'hyperV'>,
  { machine, from, to, storage }: MoveStep,
  { isPurgeWanted }: { isPurgeWanted: boolean },
): Promise<readonly WindowsFailure[]> {
  const order = { machine, from, to, storage };
  const found = await hyperV.compare(order);
  if (!isPurgeWanted || !found.some(isSignIn)) return found;
  await hyperV.purge(from).catch((error: unknown) => {
    // Without the right to purge there is still the time that it takes by itself.
    if (!(error instanceof Fault)) throw error;
  });
  return hyperV.compare(order);
}

/** `SEC_E_NO_CREDENTIALS`: what a missing delegation and a remembered refusal look like. */
export function isSignIn({ code }: WindowsFailure): boolean {
  return code.toUpperCase() === '0X8009030E';
}
