import type { ComputerObject, Observation } from '../../src/core/delegation/observation';
import { lockAddress } from '../../src/core/mode-lock';
import type { Directory, Modification } from '../../src/core/ports';
import { Fault, invariant } from '../../src/core/problem';
import type { Survey } from '../../src/core/survey/survey';
import { lostAnswer, unreachable } from '../../src/jobs/directory/ldap-fault';
import { refuseOtherBits } from '../../src/jobs/directory/trust-modify';

import { directoryPath, type DirectoryAnswer, type DirectoryCall, type ServerCall } from './directory-route';

/** Where a simulated directory is to be had. */
export interface SimulatedAccess {
  readonly kind: 'simulated';
  /** `http://127.x.y.z:port`. */
  readonly url: string;
  readonly labToken: string;
  /** What the directory calls itself, and its alternates themselves; absent: it has none. */
  readonly server: string;
  readonly alternates?: readonly string[];
}

/** How long a call waits at most, in milliseconds; a write for less than the lease of its object lives (see apply-step). */
const ordinaryDeadlines = { readMs: 10_000, writeMs: 3_000 };

/**
 * The simulated directory of a lab, used from another process. Throws ModeLockError for an address outside loopback.
 * Refusals come as the very Fault that the directory gave; who gets no answer is told 'later' for reads, 'unknown' for a write.
 */
export function openDirectoryClient(access: SimulatedAccess, deadlines = ordinaryDeadlines): Directory {
  lockAddress('lab', 'the simulated directory', access.url);
  const alternates = access.alternates ?? [];
  return {
    ...clientOf(access, deadlines),
    alternates: alternates.map((server) => clientOf({ ...access, server }, deadlines)),
  };
}

function clientOf(
  { url, labToken, server }: SimulatedAccess,
  deadlines: typeof ordinaryDeadlines,
): Directory {
  async function ask<T>(call: DirectoryCall): Promise<T> {
    const isWrite = call.method === 'modify';
    const answer = await send({ server, call }, isWrite ? deadlines.writeMs : deadlines.readMs).catch(
      (error: unknown) =>
        Promise.reject(
          isWrite && !isRefusedConnection(error) ? lostAnswer(server, error) : unreachable(server, error),
        ),
    );
    if (!answer.ok) throw new Fault(answer.fault);
    // SAFETY: the route of the same program answers each method with what the port says.
    return answer.result as T;
  }

  async function send(request: ServerCall, deadlineMs: number): Promise<DirectoryAnswer> {
    const response = await fetch(new URL(directoryPath, url), {
      method: 'POST',
      headers: { 'x-lab-token': labToken, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(deadlineMs),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${directoryPath} answered ${response.status}: ${text}`);
    // SAFETY: see above; an answer without success has another status.
    return JSON.parse(text) as DirectoryAnswer;
  }

  return {
    server,
    alternates: [],
    observe: ({ sources, destinations, all, delegating, services }) =>
      ask<Observation>({
        method: 'observe',
        question: {
          sources: [...sources],
          destinations: [...destinations],
          all,
          delegating,
          services: [...services],
        },
      }),
    read: (guid) => ask<ComputerObject | null>({ method: 'read', guid }),
    async modify(change) {
      return ask<'changed' | 'conflict'>({ method: 'modify', change: checked(change) });
    },
    readEverywhere: (guid) => ask({ method: 'readEverywhere', guid }),
    holdsGroup: (account, group) => ask<boolean>({ method: 'holdsGroup', account, group }),
    survey: () => ask<Survey>({ method: 'survey' }),
    close: () => Promise.resolve(),
  };
}

/** Its rules are looked at here as well, so that a bug shows as one and not as a lost answer. */
function checked(change: Modification): Extract<DirectoryCall, { method: 'modify' }>['change'] {
  if (change.attribute === 'userAccountControl') {
    refuseOtherBits(change);
    return change;
  }
  invariant(change.add.length + change.remove.length > 0, 'a modification has values');
  return { ...change, add: [...change.add], remove: [...change.remove] };
}

/** Nobody listens there: nothing was sent. */
function isRefusedConnection(error: unknown): boolean {
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  return cause?.code === 'ECONNREFUSED';
}
