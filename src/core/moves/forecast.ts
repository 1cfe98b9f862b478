import { z } from 'zod';

const Text = z.string().max(2_000);
const Amount = z.number().nonnegative();

/** A move that is going to be tried. */
const ForecastMove = z.strictObject({
  machine: Text,
  name: Text,
  from: Text,
  to: Text,
  /** `cold`: the machine is off or saved. `storage`: its disks alone. */
  kind: z.enum(['live', 'cold', 'storage']),
  storage: Text.nullable(),
  /** What goes over the network or from disk to disk: memory with what changes meanwhile, and local disks. */
  bytes: Amount,
  /** How long it takes by itself, in milliseconds. */
  ms: Amount,
});

/**
 * What a plan with moves is going to come to as far as anybody knows, in the order in which the moves are begun. It is shown and never
 * judged by: an approval is for the envelope.
 */
export const Forecast = z.strictObject({
  moves: z.array(ForecastMove),
  /** Machines that stay, with every reason. */
  staying: z.array(
    z.strictObject({
      machine: Text,
      name: Text,
      host: Text,
      /** The reason that counts most, in two or three words. */
      short: Text,
      reasons: z.array(Text),
      choices: z.array(Text),
    }),
  ),
  /** How full the destinations end up, in percent of their memory. */
  hosts: z.array(z.strictObject({ host: Text, memory: Amount })),
  /** Hosts that are emptied one after the other, and how long the moves of each take, away and back; absent: all at once. */
  rounds: z.array(z.strictObject({ hosts: z.array(Text), ms: Amount })).exactOptional(),
  /** What it comes to, in parts to be joined; empty where the moves say it themselves. */
  summary: z.array(Text),
  /** All of it, as many at a time as the hosts allow, in milliseconds. */
  ms: Amount,
});
export type Forecast = z.infer<typeof Forecast>;
export type ForecastMove = z.infer<typeof ForecastMove>;
