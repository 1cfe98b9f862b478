import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endProcess } from '../lab/processes';
import { repositoryRoot } from '../lab/repository';

/** A process of the bench's own, so that what is measured raw runs beside the servers just as Handover's programs do. */
export interface Child {
  /** Rejects with what the child said when it failed there, or when it ends before it answers. */
  ask(what: string, input: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Starts the built `bench/SCRIPT.js`, which answers by `serveParent`. */
export async function startChild(script: string): Promise<Child> {
  const child = fork(join(repositoryRoot, 'dist', 'bench', `${script}.js`), [], { execArgv: [] });
  await once(child, 'spawn');
  let asked = 0;
  return {
    ask(what, input) {
      asked += 1;
      return answerOf(child, { id: asked, what, input });
    },
    stop: () => endProcess(child),
  };
}

function answerOf(
  child: ChildProcess,
  question: { id: number; what: string; input: unknown },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      child.off('message', hear).off('exit', ended);
      act();
    };
    // SAFETY: `serveParent` of the same program answers in this shape.
    const hear = (message: unknown): void => {
      const { id, value, error } = message as Answer;
      if (id !== question.id) return;
      settle(() => (error === undefined ? resolve(value) : reject(new Error(error))));
    };
    const ended = (): void => settle(() => reject(new Error(`the process for ${question.what} has ended`)));
    child.on('message', hear).on('exit', ended);
    child.send(question);
  });
}

/** In the child: answers the parent's questions, each by its handler, and ends when the parent has gone. */
export function serveParent(handlers: Readonly<Record<string, (input: unknown) => Promise<unknown>>>): void {
  process.on('message', (message: unknown) => {
    // SAFETY: `startChild` of the same program asks in this shape.
    const { id, what, input } = message as { id: number; what: string; input: unknown };
    const handler = handlers[what] ?? (() => Promise.reject(new Error(`nobody answers ${what}`)));
    handler(input).then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: String(error instanceof Error ? error.stack : error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}
