import { closedAt, isStopped } from './closing';
import type { Next } from './next';
import type { HostStep, RequestRecord } from './record';

/** Whether a request is about hosts and not about the directory. */
export function isAboutHosts({ plan }: Pick<RequestRecord, 'plan'>): boolean {
  return (plan?.hosts.settings.length ?? 0) > 0;
}

/** What is next of a run that sets hosts up: one host after the other, each read back before its outcome is recorded. */
export function advanceHosts(record: RequestRecord, now: number): Next {
  const { hostSteps } = record;
  // A setting that was begun is resolved by reading, however late.
  if (hostSteps.some(({ intent, outcome }) => intent && !outcome)) return { do: 'ask-directory' };
  const closed = closedAt(record, now);
  const isOver = hostSteps.every(({ outcome }) => outcome);
  if (!isOver && closed === null) return { do: 'ask-directory' };
  if (!isOver && isStopped(record)) return { do: 'end', state: 'stopped', problem: null };
  return settle(hostSteps);
}

function settle(steps: readonly HostStep[]): Next {
  const kinds = steps.map(({ outcome }) => outcome?.kind ?? 'failed');
  if (kinds.every((kind) => kind === 'changed' || kind === 'already-so')) {
    return { do: 'end', state: 'done', problem: null };
  }
  const problem = steps.map(({ outcome }) => outcome?.problem ?? null).find((each) => each) ?? null;
  if (kinds.includes('changed')) return { do: 'end', state: 'partial', problem };
  return kinds.includes('stale') ? { do: 'turn-stale' } : { do: 'end', state: 'failed', problem };
}
