import type { DirectoryChange } from '../../../core/delegation/plan';
import type { RequestRecord } from '../../../core/request/record';
import type { DirectoryParts } from './parts';

/** Nobody else writes an object while its lease lives; the longest that a dead worker's object waits, in milliseconds. */
const LEASE_MS = 8_000;

/** A modify is sent only if the lease lives at least this much longer: the longest that the server's answer is waited for. */
export const SEND_DEADLINE_MS = 4_000;

/** An object that nobody else writes. */
export interface Hold {
  /** The last moment to send a modify, and the end of the lease, by this worker's monotonic clock: a pause of the whole process does not stop it. */
  readonly sendUntil: number;
  readonly until: number;
  /** Never rejects: a lease ends by itself. */
  release(): Promise<void>;
}

/** Takes the lease of a change's object. Null when somebody else has it. */
export async function holdObject(
  { ledger, clock, random, worker }: DirectoryParts,
  { label }: RequestRecord,
  { guid, attribute, name }: DirectoryChange,
): Promise<Hold | null> {
  const takenAt = clock.monotonic();
  // A holder per try: a job that was given out twice must not run side by side with itself.
  const holder = `${worker}/${label}/${random.hex(4)}`;
  const lease = await ledger.takeLease(
    `object-${guid}`,
    holder,
    LEASE_MS,
    `${label} writes ${attribute} of ${name}`,
  );
  return (
    lease && {
      sendUntil: takenAt + LEASE_MS - SEND_DEADLINE_MS,
      until: takenAt + LEASE_MS,
      release: () =>
        ledger.releaseLease(lease).then(
          () => undefined,
          () => undefined,
        ),
    }
  );
}
