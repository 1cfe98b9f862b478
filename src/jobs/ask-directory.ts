import type { HyperVQuestion } from '../core/hyperv/hosts-answer';
import type { Queue } from '../core/ports';
import { Fault } from '../core/problem';
import type { Told } from './roles/told';

/** Whether anybody is there is known this soon, in milliseconds: a person hears of it within 3 s, the way to Slack included. */
const THERE_MS = 2_500;

/** Asks a worker of the role directory. Throws Fault when none answers, or what the worker failed with. `ms`: milliseconds for the answer once somebody is there. */
export function askDirectory<T>(queue: Queue, question: object, ms: number): Promise<T> {
  return askRole<T>(queue, 'directory', { question, ms });
}

/** The same of the role hyperv. */
export function askHyperV<T>(queue: Queue, question: HyperVQuestion, ms: number): Promise<T> {
  return askRole<T>(queue, 'hyperv', { question, ms });
}

async function askRole<T>(
  queue: Queue,
  role: 'directory' | 'hyperv',
  { question, ms }: { question: object; ms: number },
): Promise<T> {
  await queue.ask(role, { about: 'ping' }, THERE_MS);
  // SAFETY: a worker of the same program answers each question as its role says; a forged answer is a false report.
  const told = (await queue.ask(role, question, ms)) as Told<T>;
  if (told.ok) return told.answer;
  throw new Fault(told.fault);
}
