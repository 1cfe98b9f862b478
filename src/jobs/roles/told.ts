import type { Fault } from '../../core/problem';

/** A worker's answer as it travels: a Fault too is told, since only its words help a person. */
export type Told<T> =
  | { readonly ok: true; readonly answer: T }
  | {
      readonly ok: false;
      readonly fault: Pick<Fault, 'code' | 'retry' | 'message' | 'remedy'>;
    };
