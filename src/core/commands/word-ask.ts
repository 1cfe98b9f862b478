/** A wish that nothing new begins anywhere, or that this ends; `why` is 1–200 characters of inert text. */
export interface FreezeAsk<Verb extends 'freeze' | 'unfreeze' = 'freeze' | 'unfreeze'> {
  readonly verb: Verb;
  readonly why: string;
}

/** A wish that no machine is put on a host, by its short name; `why` as of a freeze. */
export interface CordonAsk {
  readonly verb: 'cordon';
  readonly host: string;
  readonly why: string;
}

/** A wish that machines may be put on it again. */
export interface UncordonAsk {
  readonly verb: 'uncordon';
  readonly host: string;
  readonly why: string | null;
}

/** What is said of everything, or of a host, and holds at once. */
export type WordAsk = CordonAsk | UncordonAsk | FreezeAsk<'freeze'> | FreezeAsk<'unfreeze'>;

/** Whether the ask is such a word. */
export function isWord(ask: { readonly verb: string }): ask is WordAsk {
  return ['cordon', 'uncordon', 'freeze', 'unfreeze'].includes(ask.verb);
}
