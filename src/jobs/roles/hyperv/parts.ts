import type { Planner } from '../../../core/fabric/planner-port';
import type { HyperV } from '../../../core/hyperv-port';
import type { HyperVSettings } from '../../../core/hyperv/hyperv-settings';
import type { Clock, Ledger, Queue, Random, Verifier } from '../../../core/ports';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import type { Court } from '../../../core/request/warrant';
import type { Settings } from '../../../core/settings';
import { ended, troubled, type Setback } from '../setbacks';

/** What the role answers and samples with: hosts, and no secret. */
export interface HyperVParts {
  readonly hyperV: HyperV;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly worker: string;
  readonly settings: HyperVSettings;
}

/** What the role carries requests out with: its own public keys, policy and clock besides. */
export interface HostEffectorParts extends HyperVParts {
  readonly queue: Queue;
  readonly planner: Planner;
  readonly random: Random;
  readonly verifier: Verifier;
  readonly rules: Pick<Settings, 'policy' | 'times' | 'modes' | 'tier0' | 'machines' | 'planning'>;
  /** Settings of hosts that this worker has set itself (`R-1042-p1 hyper-v01`): what is gone again is not set a second time. */
  readonly wrote: Set<string>;
  /** When a move that waits was last tried, by this worker's monotonic clock. */
  readonly tried: Map<string, number>;
}

/** What this worker judges with, at this moment. */
export function court({ verifier, rules, clock }: HostEffectorParts): Court {
  return { verifier, policy: rules.policy, times: rules.times, now: clock.now() };
}

/** Commits a change with an audit entry of this worker. Null when somebody else was first. */
export function commit(
  { ledger, worker, clock }: HostEffectorParts,
  record: RequestRecord,
  { change, what, detail }: Setback,
): Promise<RequestRecord | null> {
  return ledger.commit(record, change, { what, who: `hyperv/${worker}`, at: clock.now(), detail });
}

/** Ends a request because of a problem; the audit names the problem's code. */
export function endWith(
  parts: HostEffectorParts,
  record: RequestRecord,
  end: Parameters<typeof ended>[0],
): Promise<RequestRecord | null> {
  return commit(parts, record, ended(end, parts.clock.now()));
}

/** Records once what keeps the request from going on; the sweeper asks again. */
export async function noteTrouble(
  parts: HostEffectorParts,
  record: RequestRecord,
  problem: Problem,
): Promise<RequestRecord | null> {
  const setback = troubled(record, problem);
  return setback ? commit(parts, record, setback) : record;
}
