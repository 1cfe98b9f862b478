import { COMMIT, HOLD_LEASE, TAKE_LEASE } from '../../src/jobs/ledger/scripts';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import type { Seen } from './monitor';

/** What one job asked of Redis on its way from the click to the report, in its order. */
export interface Course {
  /** The ledger's commands with the very bytes that were sent. */
  readonly ledger: readonly (readonly string[])[];
  /** The roles to which the job went, one BullMQ hop each; the first is the held job that the click released. */
  readonly hops: readonly ('conduct' | 'directory' | 'reports')[];
}

/**
 * Reads the course of one job from all that Redis was asked meanwhile, or null when that cannot be told: a sweep got in between, whose
 * commands look like the job's own, or the report was delivered by a delivery that had begun before the request's end.
 *
 * Only what the report had to wait for counts. The workers' commands all do; the bot's do until the decision stands, and again once the
 * end of the request stands. In between the bot keeps the card up to date beside the job. BullMQ's commands are left to the hops.
 */
export function courseOf(
  seen: readonly Seen[],
  { prefix, request }: { prefix: string; request: string },
): Course | null {
  const keys = ledgerKeys(prefix);
  const report = ([name, key, field]: readonly string[]): boolean =>
    name === 'hset' && key === keys.delivered(request) && field === 'outcome';
  const end = seen.findIndex(({ args }) => report(args));
  const before = seen.slice(0, end + 1);
  if (before.some(({ args }) => args[0] === 'zrange' || args.includes(keys.lease('sweeper')))) return null;

  const ledger = before.filter(({ args }) => args.some((arg) => arg.startsWith(`${prefix}:ledger:`)));
  const commits = ledger.filter(({ args }) => args[1] === COMMIT.sha);
  const bot = commits[0]?.client;
  const decidedAt = commits[0]?.at ?? Number.NaN;
  const endedAt = commits.at(-1)?.at ?? Number.NaN;
  const isOnTheWay = ({ client, at }: Seen): boolean => client !== bot || at <= decidedAt || at > endedAt;
  const course = ledger.filter(isOnTheWay).map(({ args }) => args);
  if (commits.length < 2 || !course.some(report)) throw new Error('the course of the job cannot be read');
  if (!holdsOnlyItsOwn(course)) return null;
  return { ledger: course, hops: ['conduct', ...rolesOf(before), 'reports'] };
}

/** Whether every lease that is held or given back was taken before, on the same way. */
function holdsOnlyItsOwn(course: Course['ledger']): boolean {
  const taken = new Set<string | undefined>();
  return course.every(([, sha, , lease]) => {
    if (sha === TAKE_LEASE.sha) taken.add(lease);
    return sha !== HOLD_LEASE.sha || taken.has(lease);
  });
}

/** The workers' jobs by their ids, `R-1001-v3-directory`, in the order in which they were put. */
function rolesOf(seen: readonly Seen[]): ('conduct' | 'directory')[] {
  const ids = seen.flatMap(({ args }) =>
    args.flatMap((arg) => arg.match(/R-\d+-v\d+-(?:conduct|directory)/g) ?? []),
  );
  return [...new Set(ids)].map((id) => (id.endsWith('-conduct') ? 'conduct' : 'directory'));
}
