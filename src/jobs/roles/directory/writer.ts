import type { Directory } from '../../../core/ports';
import { Fault } from '../../../core/problem';
import { listed } from '../../../core/delegation/listing';
import type { DirectoryParts } from './parts';

/** A domain controller that could not be reached is not tried first again for this long, in milliseconds. */
const DOWN_MS = 15_000;

/** An object that a call is about; the name is for messages. `intent`: a write that may have come through already. */
export interface Written {
  readonly guid: string;
  readonly name: string;
  readonly intent?: { readonly at: number; readonly server: string } | null;
}

/**
 * Does the work at the writer. All writes of all requests go to one domain controller, because the attribute replicates as a
 * whole and of two edits only one survives (MS-DRSR 5.11: the higher version, then the later time). When it cannot be reached,
 * only objects that nothing was written to within the convergence period may go on at another; an object that was written
 * elsewhere meanwhile stays there for as long. Throws Fault `directory.waits` for the others, and whatever the work throws.
 */
export async function onWriter<T>(
  parts: DirectoryParts,
  objects: readonly Written[],
  work: (directory: Directory) => Promise<T>,
): Promise<T> {
  const writers = [parts.directory, ...parts.directory.alternates];
  if (writers.length === 1) return work(parts.directory);
  const bound = await boundTo(parts, objects);
  const places = new Set(bound.map(({ server }) => server));
  const isHome = ({ server }: Directory): boolean => places.size === 1 && places.has(server);
  const up = [...writers.filter(isUp(parts)), ...writers.filter((each) => !isUp(parts)(each))];
  const order = [...up.filter(isHome), ...up.filter((each) => !isHome(each))];
  let last: unknown;
  for (const directory of order) {
    const elsewhere = bound.filter(({ server }) => server !== directory.server);
    const isFirst = directory === parts.directory;
    // With one object the place is known; of many, each step finds its own place again.
    const mayWork = isFirst ? objects.length !== 1 || elsewhere.length === 0 : elsewhere.length === 0;
    if (!mayWork) {
      last ??= waits(elsewhere);
      continue;
    }
    try {
      return await work(directory);
    } catch (error) {
      if (!isAway(error)) throw error;
      parts.down.set(directory.server, parts.clock.monotonic() + DOWN_MS);
      last = error;
    }
  }
  throw last instanceof Fault && isAway(last) && bound.length > 0 ? waits(bound, last) : last;
}

/** Whether one of these objects was written at another place within the convergence period. */
export async function isBoundElsewhere(
  parts: DirectoryParts,
  objects: readonly Written[],
  server: string,
): Promise<boolean> {
  if (parts.directory.alternates.length === 0) return false;
  const bound = await boundTo(parts, objects);
  return bound.some((each) => each.server !== server);
}

/** Whether these objects are to be written at the first writer, as far as is known. */
export async function isAtHome(parts: DirectoryParts, objects: readonly Written[]): Promise<boolean> {
  const { directory } = parts;
  if (directory.alternates.length === 0) return true;
  return isUp(parts)(directory) && !(await isBoundElsewhere(parts, objects, directory.server));
}

/** An object and where it was written. */
interface Bound {
  readonly name: string;
  readonly server: string;
}

/** The objects that were written within the convergence period, and where. */
async function boundTo(parts: DirectoryParts, objects: readonly Written[]): Promise<readonly Bound[]> {
  if (objects.length === 0) return [];
  const writes = await parts.ledger.lastWrites(objects.map(({ guid }) => guid));
  const since = parts.clock.now() - parts.settings.times.convergenceSeconds * 1000;
  return objects.flatMap(({ name, intent }, index) => {
    const write = intent ?? writes[index];
    return write && write.at > since ? [{ name, server: write.server }] : [];
  });
}

function isUp({ down, clock }: DirectoryParts): (directory: Directory) => boolean {
  return ({ server }) => (down.get(server) ?? 0) <= clock.monotonic();
}

function isAway(error: unknown): boolean {
  return error instanceof Fault && ['directory.unreachable', 'directory.no-answer'].includes(error.code);
}

/** The fault of objects that wait for where they were written. */
export function waits(bound: readonly Bound[], cause?: Fault): Fault {
  const names = listed(bound.map(({ name }) => name));
  const server = bound[0]?.server ?? 'its domain controller';
  return new Fault(
    {
      code: 'directory.waits',
      retry: 'later',
      message: `${server} cannot be reached, and ${names} may have been written there a short while ago: an edit elsewhere could be lost.`,
      remedy: `It goes on when ${server} is back, or when that edit has surely replicated.`,
    },
    { cause },
  );
}
