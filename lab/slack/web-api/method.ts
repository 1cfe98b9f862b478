import type { Fields } from '../fields';
import type { Parts } from '../parts';
import type { Arguments } from './arguments';

/** A method of the Web API: which token it wants, and what it does. Refusals are thrown as `ApiError`. */
export interface Method {
  token: 'bot' | 'app';
  run(parts: Parts, args: Arguments): Fields;
}

/** A method for the bot token. */
export function botMethod(run: Method['run']): Method {
  return { token: 'bot', run };
}
