import type { Queue } from '../core/ports';
import { Fault } from '../core/problem';
import type { Told } from './roles/directory/answer-survey';

/** Whether anybody is there is known this soon, in milliseconds: a person hears of it within 3 s, the way to Slack included. */
const THERE_MS = 2_500;

/** Asks a worker of the role directory. Throws Fault when none answers, or what the worker failed with. `ms`: milliseconds for the answer once somebody is there. */
export async function askDirectory<T>(queue: Queue, question: object, ms: number): Promise<T> {
  await queue.ask('directory', { about: 'ping' }, THERE_MS);
  // SAFETY: a worker of the same program answers each question with what `answerDirectory` says; a forged answer is a false report.
  const told = (await queue.ask('directory', question, ms)) as Told<T>;
  if (told.ok) return told.answer;
  throw new Fault(told.fault);
}
