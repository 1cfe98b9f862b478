import { ReplyError } from 'ioredis';
import { Fault } from '../../core/problem';

/** Redis says no before it does anything, and may say yes later. */
const PASSING = 'BUSY CLUSTERDOWN LOADING MASTERDOWN MISCONF NOREPLICAS OOM READONLY TRYAGAIN'.split(' ');
const NOT_ALLOWED = 'NOAUTH NOPERM WRONGPASS'.split(' ');

const UNREACHABLE_REMEDY = 'Check that Redis runs and that this program reaches it.';

/** Redis does not answer: `later` when nothing was sent, `unknown` when a write was. */
export function unreachable(retry: 'later' | 'unknown', cause?: unknown): Fault {
  const message = 'Redis does not answer.';
  return new Fault({ code: 'ledger.unreachable', retry, message, remedy: UNREACHABLE_REMEDY }, { cause });
}

/** What is in Redis is nothing that the ledger has written. Never a crash: adversaries may write Redis. */
export function malformed(what: string, cause?: unknown): Fault {
  const message = `${what} in the ledger is not readable.`;
  const remedy = 'Somebody may have written to Redis: look at the audit. Nothing is carried out for it.';
  return new Fault({ code: 'ledger.malformed', retry: 'never', message, remedy }, { cause });
}

/** The chain grew at every try: nothing was written. */
export function busy(): Fault {
  const message = 'The audit chain is growing faster than it can be linked to.';
  return new Fault({ code: 'ledger.busy', retry: 'later', message, remedy: 'Try again.' });
}

/** The fault of a call that failed. An error reply means that Redis has answered; anything else that its answer was lost. */
export function faultOf(kind: 'read' | 'write', cause: unknown): Fault {
  const code = replyCode(cause);
  if (code === null) return unreachable(kind === 'read' ? 'later' : 'unknown', cause);
  if (PASSING.includes(code)) return unreachable('later', cause);
  if (!NOT_ALLOWED.includes(code)) return malformed('What Redis holds', cause);
  const message = 'Redis does not let this program in, or not do this.';
  const remedy = 'Check the user and the password in the Redis address, and its rights.';
  return new Fault({ code: 'ledger.refused', retry: 'never', message, remedy }, { cause });
}

/** The code of an error reply, its first word (`WRONGTYPE`, `NOSCRIPT`); null for what is no reply of Redis. */
export function replyCode(error: unknown): string | null {
  if (!(error instanceof Error) || !(error instanceof ReplyError)) return null;
  return error.message.split(' ', 1)[0] ?? '';
}
