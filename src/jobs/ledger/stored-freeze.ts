import { z } from 'zod';
import type { FreezeState } from '../../core/request/freeze';
import { Instruction, Person, signed } from '../../core/request/record-schema';
import { malformed } from './ledger-fault';

/** In this order, so that what was read prints as it is kept: the compare-and-set compares texts. */
const Stored: z.ZodType<FreezeState> = z.strictObject({
  freeze: z.strictObject({
    id: z.string().regex(/^[0-9a-f]{32}$/),
    by: Person,
    why: z.string(),
    at: z.int(),
  }),
  unfreeze: signed(Instruction).nullable(),
});

/** A freeze as it is kept. */
export function writeFreeze(state: FreezeState): string {
  return JSON.stringify(Stored.parse(state));
}

/** The freeze of a text that Redis holds. Throws Fault `ledger.malformed`: then nobody may begin anything either. */
export function readFreeze(text: string): FreezeState {
  try {
    return Stored.parse(JSON.parse(text));
  } catch (cause) {
    throw malformed('The freeze', cause);
  }
}
