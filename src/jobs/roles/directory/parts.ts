import type { Clock, Directory, Ledger, ProofSource, Queue, Random, Verifier } from '../../../core/ports';
import type { AuditEntry } from '../../../core/request/audit';
import type { RequestRecord } from '../../../core/request/record';
import type { Court } from '../../../core/request/warrant';
import type { Problem } from '../../../core/problem';
import type { Settings } from '../../../core/settings';
import { ended, troubled, type Setback } from '../setbacks';

/** What the directory role needs; it is the only one that holds the LDAP bind. */
export interface DirectoryParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly directory: Directory;
  readonly proof: ProofSource;
  readonly verifier: Verifier;
  readonly clock: Clock;
  readonly random: Random;
  readonly worker: string;
  readonly settings: Pick<Settings, 'policy' | 'times' | 'tier0' | 'directory' | 'modes'>;
  /** Plans that this worker has derived again itself and found the same (`planKey`), and when, by its monotonic clock. */
  readonly derived: Map<string, number>;
  /** Changes that this worker has written itself (`changeKey`): one that is gone again is not written a second time. */
  readonly wrote: Set<string>;
  /** Domain controllers that could not be reached, and until when they are not tried first, by its monotonic clock. */
  readonly down: Map<string, number>;
}

/** What this worker judges with, at this moment. */
export function court(parts: DirectoryParts): Court {
  const { verifier, settings, clock } = parts;
  return { verifier, policy: settings.policy, times: settings.times, now: clock.now() };
}

/** Commits a change with an audit entry of this worker. Null when somebody else was first. */
export function commit(
  parts: DirectoryParts,
  record: RequestRecord,
  { change, ...entry }: Setback,
): Promise<RequestRecord | null> {
  return parts.ledger.commit(record, change, auditEntry(parts, entry));
}

/** An audit entry of this worker; it always names the server. */
export function auditEntry(parts: DirectoryParts, entry: Pick<AuditEntry, 'what' | 'detail'>): AuditEntry {
  return {
    what: entry.what,
    who: `directory/${parts.worker}`,
    at: parts.clock.now(),
    detail: { server: parts.directory.server, ...entry.detail },
  };
}

/** Ends a request because of a problem; the audit names the problem's code. */
export function endWith(
  parts: DirectoryParts,
  record: RequestRecord,
  end: Parameters<typeof ended>[0],
): Promise<RequestRecord | null> {
  return commit(parts, record, ended(end, parts.clock.now()));
}

/** Records once what keeps the request from going on; the sweeper asks again. */
export async function noteTrouble(
  parts: DirectoryParts,
  record: RequestRecord,
  problem: Problem,
): Promise<RequestRecord | null> {
  const setback = troubled(record, problem);
  return setback ? commit(parts, record, setback) : record;
}
