import { digest } from '../../core/canonical';
import { once } from '../../core/once';
import type { TextFile } from '../../core/ports';
import type { Message } from '../cards/message';

/** A message that should stand in Slack; `key` names it for good within its request. */
export interface Wanted {
  readonly key: string;
  readonly message: Message;
  /** Absent: in the thread of the card. `notices`: in that channel, for everybody. */
  readonly to?: 'notices' | { readonly person: string };
  /** Shared with the message, of which then only the text counts; such a message is never edited. */
  readonly file?: TextFile;
}

/** The digest of all that a message says, its file with it. */
export const digestOf = once(({ message, file }: Wanted): string =>
  digest(file ? { message, file } : message),
);

/** The key of the one top-level message; all others are replies to it, or stand elsewhere. */
export const CARD_KEY = 'card';

/** The timestamp of what nobody could be told: it was tried, and is not tried again before it changes. */
export const UNTOLD = 'untold';
