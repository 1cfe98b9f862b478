import type { Clock, Queue, Role } from '../../core/ports';
import { throughJson } from './job-data';
import { noAnswer, questionFailed } from './queue-fault';

interface Question {
  readonly role: Role;
  readonly question: unknown;
  settle(answer: Promise<unknown>): void;
}

interface Answerer {
  readonly role: Role;
  readonly handler: (question: unknown) => Promise<unknown>;
  readonly running: Set<Promise<unknown>>;
}

/** Questions in memory: one waits for somebody who answers until its deadline, and is not heard after it. */
export function memoryQuestions(clock: Clock): Pick<Queue, 'ask' | 'answer'> {
  const waiting = new Set<Question>();
  const answerers: Answerer[] = [];

  function serve(): void {
    for (const question of waiting) {
      const answerer = answerers.find((one) => one.role === question.role);
      if (!answerer) continue;
      waiting.delete(question);
      const answer = carryOut(answerer, question);
      const forget = () => answerer.running.delete(answer);
      answerer.running.add(answer);
      answer.then(forget, forget);
      question.settle(answer);
    }
  }

  return {
    async ask(role, asked, deadlineMs) {
      const late = new AbortController();
      let question: Question | undefined;
      const answered = new Promise<unknown>((settle) => {
        question = { role, question: throughJson(asked), settle };
        waiting.add(question);
        serve();
      });
      const end = clock.wait(deadlineMs, late.signal).then(() => {
        throw noAnswer(role);
      });
      // Whichever comes second is nobody's.
      answered.catch(() => undefined);
      end.catch(() => undefined);
      try {
        return await Promise.race([answered, end]);
      } finally {
        if (question) waiting.delete(question);
        late.abort();
      }
    },
    async answer(role, handler) {
      const answerer: Answerer = { role, handler, running: new Set() };
      answerers.push(answerer);
      serve();
      return {
        async stop() {
          const at = answerers.indexOf(answerer);
          if (at !== -1) answerers.splice(at, 1);
          await Promise.allSettled(answerer.running);
        },
      };
    },
  };
}

async function carryOut({ handler, role }: Answerer, { question }: Question): Promise<unknown> {
  try {
    // Never within the call that asked.
    await Promise.resolve();
    return throughJson(await handler(question));
  } catch {
    throw questionFailed(role);
  }
}
