import type { Message } from '../cards/message';

/** A message that should stand in Slack; `key` names it for good within its request. */
export interface Wanted {
  readonly key: string;
  readonly message: Message;
  /** Absent: in the thread of the card. `notices`: in that channel, for everybody. */
  readonly to?: 'notices' | { readonly person: string };
}

/** The key of the one top-level message; all others are replies to it, or stand elsewhere. */
export const CARD_KEY = 'card';

/** The timestamp of what nobody could be told: it was tried, and is not tried again before it changes. */
export const UNTOLD = 'untold';
