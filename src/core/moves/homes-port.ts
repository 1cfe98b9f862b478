import { z } from 'zod';
import { ShortName } from '../hyperv/short-name';

/** Where a machine was before it was moved away for a while: its host by short name, and the request that has moved it. */
export const Home = z.strictObject({
  host: ShortName,
  label: z.string().regex(/^R-\d{1,12}$/),
  at: z.number().int(),
});
export type Home = z.infer<typeof Home>;

/** What the ledger keeps of machines that are away from home: for planning their way back, never for a guard. */
export interface HomeLedger {
  /** Notes where a machine is at home, unless that is noted already; null: it is there again, or nowhere at home any more. */
  noteHome(machine: string, home: Home | null): Promise<void>;
  /** By machine id. */
  homes(): Promise<ReadonlyMap<string, Home>>;
}
