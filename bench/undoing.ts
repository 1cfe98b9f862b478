/** What ends the things that a bench has started, in the order of starting. */
export type Undoing = (() => Promise<unknown>)[];

/** A bench that was asked to stop. `code` is the usual exit code of the signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly code: number;

  constructor(code: number) {
    super('interrupted');
    this.code = code;
  }
}

/** Works until done, failed or asked to stop (SIGINT, SIGTERM: rejects with Interrupted); then ends all that was started, the last first. */
export async function withUndoing<T>(work: (undoing: Undoing) => Promise<T>): Promise<T> {
  const undoing: Undoing = [];
  const interrupted = new Promise<never>((_, reject) => {
    process.once('SIGINT', () => reject(new Interrupted(130)));
    process.once('SIGTERM', () => reject(new Interrupted(143)));
  });
  try {
    return await Promise.race([work(undoing), interrupted]);
  } finally {
    for (const step of undoing.toReversed())
      await step().catch((error: unknown) => console.error(String(error)));
  }
}
