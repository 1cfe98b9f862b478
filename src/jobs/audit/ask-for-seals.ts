import { z } from 'zod';
import type { Flaw } from '../../core/audit/flaw';
import type { Ledger, Queue } from '../../core/ports';
import { STREAM_START } from '../../core/audit/stream';
import type { Sealed } from './seal-next';

/** The question to the bot; it says nothing of what is to be signed. */
export const SEAL_QUESTION = { seal: 'next' } as const;

const DEADLINE_MS = 5_000;

const Answer: z.ZodType<Sealed> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sealed'), number: z.int(), count: z.int() }),
  z.strictObject({ kind: z.literal('nothing') }),
  z.strictObject({ kind: z.literal('overtaken') }),
  z.strictObject({
    kind: z.literal('refused'),
    flaw: z.strictObject({ place: z.string(), what: z.string() }),
  }),
]);

/** Has the bot seal all that is not sealed yet, one seal after the other. Gives why it refused, or null. Throws Fault when no bot answers. */
export async function askForSeals(
  { ledger, queue }: { ledger: Ledger; queue: Queue },
  mayGoOn: () => boolean,
): Promise<Flaw | null> {
  while (mayGoOn()) {
    const last = await ledger.lastSeal();
    const more = await ledger.auditStream(last?.seal.to ?? STREAM_START, 1);
    if (more.length === 0) break;
    const sealed = Answer.parse(await queue.ask('reports', SEAL_QUESTION, DEADLINE_MS));
    if (sealed.kind === 'refused') return sealed.flaw;
    if (sealed.kind !== 'sealed') break;
  }
  return null;
}
