import type { Redis } from 'ioredis';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { COMMIT, HOLD_LEASE, TAKE_LEASE } from '../../src/jobs/ledger/scripts';

/** Keys of the replay begin with this: as long as the product's own prefix, so that every key is as long as in the job. */
export const REPLAY_PREFIX = '{practice}';

/** A course to be run again, and the request as it was before the click. */
export interface Replay {
  readonly prefix: string;
  readonly request: string;
  readonly ledger: readonly (readonly string[])[];
}

/** Keeps a copy of the request's keys as they are now, for replays to begin with. */
export async function keepRequest(redis: Redis, { prefix, request }: Omit<Replay, 'ledger'>): Promise<void> {
  for (const [key, kept] of copies(prefix, request)) await redis.copy(key, kept, 'REPLACE');
}

/**
 * Runs the ledger's commands of one job again over one connection, each after the answer to the one before: same scripts, same bytes but
 * for the prefix of the keys, same Redis. Every script must do what it did in the job, or this throws. Gives milliseconds.
 */
export async function replayLedger(redis: Redis, replay: Replay): Promise<number> {
  const { prefix, request, ledger } = replay;
  for (const [, kept, key] of copies(prefix, request)) {
    await redis.del(key);
    await redis.copy(kept, key);
  }
  const commands = ledger.map((args) => args.map((arg) => arg.replaceAll(`${prefix}:`, `${REPLAY_PREFIX}:`)));
  const tokens = new Map<string, string>();
  const startedAt = performance.now();
  for (const command of commands) {
    const [name = '', ...args] = withOwnToken(command, tokens);
    check(args, await redis.call(name, ...args), tokens);
  }
  return performance.now() - startedAt;
}

/** The counter of tokens has gone on since the job: what holds a lease now is the token that was given for it now. */
function withOwnToken(command: readonly string[], tokens: ReadonlyMap<string, string>): readonly string[] {
  const [name, sha, count, lease = '', ends, holder, , ...rest] = command;
  if (sha !== HOLD_LEASE.sha) return command;
  return [name, sha, count, lease, ends, holder, tokens.get(lease), ...rest].map((each) => each ?? '');
}

function check([sha, , key = '']: readonly string[], answer: unknown, tokens: Map<string, string>): void {
  const first: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (sha === TAKE_LEASE.sha) tokens.set(key, String(first));
  const mustBeOne = sha === HOLD_LEASE.sha || sha === COMMIT.sha;
  if (mustBeOne && first !== 1) throw new Error(`a script did otherwise than in the job: ${String(answer)}`);
}

/** Key in the product, copy of it, key in the replay. */
function copies(prefix: string, request: string): readonly (readonly [string, string, string])[] {
  const [from, to] = [ledgerKeys(prefix), ledgerKeys(REPLAY_PREFIX)];
  return (['request', 'audit', 'delivered'] as const).map((name) => {
    const key = to[name](request);
    return [from[name](request), `${key}:kept`, key];
  });
}
