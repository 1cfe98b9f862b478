import type { Problem } from '../../../core/problem';
import type { HostStep, RequestRecord } from '../../../core/request/record';
import { commit, type HostEffectorParts } from './parts';

/** An outcome of a host without its time. */
export type HostOutcome = Omit<NonNullable<HostStep['outcome']>, 'at'>;

/** Records how a host ended; `state`: that the request goes to with it. Null when somebody else was first. */
export function settleHost(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, outcome, state }: { step: HostStep; outcome: HostOutcome; state?: 'running' },
): Promise<RequestRecord | null> {
  const over = { ...step, outcome: { ...outcome, at: parts.clock.now() } };
  return commitHost(parts, record, { step: over, ...(state && { state }) });
}

/** Records a host's intent or outcome. */
export function commitHost(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, ...more }: { readonly step: HostStep; readonly state?: 'running' },
): Promise<RequestRecord | null> {
  const hostSteps = record.hostSteps.map((each) => (each.host === step.host ? step : each));
  const detail = {
    host: step.host,
    ...(step.outcome && { kind: step.outcome.kind, inferred: step.outcome.inferred }),
  };
  return commit(parts, record, {
    change: { hostSteps, trouble: null, ...more },
    what: step.outcome ? 'host.outcome' : 'host.intent',
    detail,
  });
}

/** Why a host that is neither as before nor as after is left alone. */
export function overtaken(host: string): Problem {
  return {
    code: 'host.overtaken',
    summary: `${host} is neither as it was planned nor as it was to become: somebody has set it meanwhile.`,
    remedy: 'Look at /hv hosts, then ask again.',
  };
}
