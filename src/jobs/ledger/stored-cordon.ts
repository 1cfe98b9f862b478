import { z } from 'zod';
import type { CordonState } from '../../core/hyperv/cordon';
import { ShortName } from '../../core/hyperv/short-name';
import { Person, signed } from '../../core/request/record-schema';
import { malformed } from './ledger-fault';

const Word = z.strictObject({
  kind: z.literal('cordon'),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  what: z.enum(['cordon', 'uncordon']),
  host: ShortName,
  drain: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .exactOptional(),
  why: z.string().max(1_000),
  by: Person,
  at: z.int(),
});

/** In this order, so that what was read prints as it is kept: the compare-and-set compares texts. */
const Stored: z.ZodType<CordonState> = z.strictObject({
  cordon: signed(Word),
  uncordon: signed(Word).nullable(),
});

/** A host's cordon as it is kept. */
export function writeCordon(state: CordonState): string {
  return JSON.stringify(Stored.parse(state));
}

/** The cordon of a text that Redis holds. Throws Fault `ledger.malformed`: then nobody knows which hosts are to be kept free. */
export function readCordon(text: string): CordonState {
  try {
    return Stored.parse(JSON.parse(text));
  } catch (cause) {
    throw malformed('A cordon', cause);
  }
}

/** The order in which cordons are told. */
export function byHost({ cordon: a }: CordonState, { cordon: b }: CordonState): number {
  return a.statement.host < b.statement.host ? -1 : 1;
}
