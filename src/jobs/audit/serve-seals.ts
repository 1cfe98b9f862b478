import type { Flaw } from '../../core/audit/flaw';
import type { Queue } from '../../core/ports';
import type { WorkerLog } from '../worker';
import { SEAL_QUESTION } from './ask-for-seals';
import { createSealing, type Sealed, type SealingParts } from './seal-next';

/** The bot's part in sealing, at work. */
export interface Seals {
  /** Why the last seal was refused; null when it was not. */
  trouble: () => Flaw | null;
  stop(): Promise<void>;
}

/** Answers those who ask for the next seal. One is made after the other, however many ask. */
export async function serveSeals(parts: SealingParts & { queue: Queue; log: WorkerLog }): Promise<Seals> {
  const { queue, log } = parts;
  const sealing = createSealing(parts);
  let flaw: Flaw | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const next = async (before: Promise<unknown>): Promise<Sealed> => {
    await before.catch(() => undefined);
    const sealed = await sealing.sealNext();
    const found = sealed.kind === 'refused' ? sealed.flaw : null;
    if (found && found.place !== flaw?.place) log.error({ ...found }, 'audit not sealed');
    flaw = found;
    return sealed;
  };
  const answerer = await queue.answer('reports', (question) => {
    // The question has no say in what is signed.
    if (JSON.stringify(question) !== JSON.stringify(SEAL_QUESTION))
      throw new Error('not a question to the bot');
    const mine = next(turn);
    turn = mine;
    return mine;
  });
  return { trouble: () => flaw, stop: () => answerer.stop() };
}
