import { putNewest } from '../../core/newest';

/** Where a chain ends. */
export interface End {
  readonly seq: number;
  readonly head: string;
}

/** Where this process has last seen chains end: guesses, so that who appends need not ask first. The scripts judge. */
export interface ChainEnds {
  of(id: string): End | undefined;
  saw(id: string, end: End): void;
}

/** A flood delivers far fewer requests at a time. */
const REMEMBERED = 256;

/** Remembers the ends that were seen last. */
export function chainEnds(): ChainEnds {
  const seen = new Map<string, End>();
  return {
    of: (id) => seen.get(id),
    saw(id, { seq, head }) {
      putNewest(seen, [id, { seq, head }], REMEMBERED);
    },
  };
}
