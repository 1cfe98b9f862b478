import type { Ledger, Queue } from '../core/ports';
import { heldJobId, jobFor, type RequestRecord } from '../core/request/record';
import type { Answered } from './statements';

/** How often a word is tried again after somebody else's transition came first. */
export const TRIES = 8;

/** Says a word about the request as it is now, again when somebody else's came first, and wakes who waits for it. */
export async function answer(
  parts: { readonly ledger: Ledger; readonly queue: Queue },
  id: string,
  once: (record: RequestRecord) => Promise<Answered | 'again'>,
): Promise<Answered> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const record = await parts.ledger.read(id);
    if (!record) return unknownRequest();
    const answered = await once(record);
    if (answered !== 'again') {
      if (answered.kind === 'recorded') await wake(parts.queue, answered.record);
      return answered;
    }
  }
  const problem = {
    code: 'request.busy',
    summary: 'The request is changing right now.',
    remedy: 'Click again.',
  };
  return { kind: 'refused', problem, record: await parts.ledger.read(id) };
}

/** The answer about a request that is not there. */
export function unknownRequest(): Answered {
  const problem = {
    code: 'request.unknown',
    summary: 'No such request is in the ledger.',
    remedy: 'Ask again.',
  };
  return { kind: 'refused', problem, record: null };
}

/** After a decision or a withdrawal: releases the held job, or asks anew when there is none. */
export async function wake(queue: Queue, record: RequestRecord): Promise<void> {
  const released = await queue.release('conduct', heldJobId(record)).catch(() => 'missing' as const);
  if (released !== 'released') await nudge(queue, record);
}

/** Asks conduct to look at the request. Failing is no error: the sweeper asks too. */
async function nudge(queue: Queue, record: RequestRecord): Promise<void> {
  await queue.put('conduct', jobFor(record, 'conduct')).catch(() => undefined);
}
