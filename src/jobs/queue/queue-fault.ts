import type { Role } from '../../core/ports';
import { Fault } from '../../core/problem';

/** Gives what the call gives; whatever goes wrong in it is Fault `queue.unreachable`: nothing in a queue is the truth, so all may be tried again. */
export async function reach<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const message = 'The queue does not answer.';
    const remedy = 'Check that Redis runs and that this program reaches it.';
    throw new Fault({ code: 'queue.unreachable', retry: 'later', message, remedy }, { cause });
  }
}

/** Nobody answered a question in time. */
export function noAnswer(role: Role): Fault {
  const message = 'No worker answers; nothing was changed.';
  const remedy = `Check that a worker with the role ${role} runs.`;
  return new Fault({ code: 'queue.no-answer', retry: 'later', message, remedy });
}

/** Somebody heard the question and could not answer it. */
export function questionFailed(role: Role): Fault {
  const message = 'The worker could not answer.';
  const remedy = `See the log of the worker with the role ${role}.`;
  return new Fault({ code: 'queue.question-failed', retry: 'later', message, remedy });
}
