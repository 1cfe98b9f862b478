import { z } from 'zod';
import type { Baseline } from '../../core/findings/baseline';
import { malformed } from './ledger-fault';

/** In this order, so that what was read prints as it is kept: the compare-and-set compares texts. */
const Stored: z.ZodType<Baseline> = z.strictObject({ keys: z.array(z.string()), at: z.int() });

/** The baseline of a text that Redis holds. Throws Fault `ledger.malformed`. */
export function readBaseline(text: string): Baseline {
  try {
    return Stored.parse(JSON.parse(text));
  } catch (cause) {
    throw malformed('The baseline of findings', cause);
  }
}
