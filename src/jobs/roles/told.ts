import { Fault } from '../../core/problem';

/** A worker's answer as it travels: a Fault too is told, since only its words help a person. */
export type Told<T> =
  | { readonly ok: true; readonly answer: T }
  | {
      readonly ok: false;
      readonly fault: Pick<Fault, 'code' | 'retry' | 'message' | 'remedy'>;
    };

/** Answers with what `answer` gives, or with the Fault that it throws. Anything else is a bug and goes on. */
export async function tell<T>(answer: () => Promise<T>): Promise<Told<T>> {
  try {
    return { ok: true, answer: await answer() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, retry, message, remedy } = error;
    return { ok: false, fault: { code, retry, message, remedy } };
  }
}
