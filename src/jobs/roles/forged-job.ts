import type { Job } from '../../core/ports';
import type { Effector } from '../../core/request/effector';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';

const jobName = /^(.*)-v(\d+)-([a-z]+)$/s;

/**
 * Jobs come at least once, so a late one of an earlier revision is no news. A job of a revision that there never was, or of the present
 * one in a state in which nobody wants `role` to act, was put there by nobody of ours.
 */
export function isForged(
  record: RequestRecord,
  { id }: Job,
  { role, wanting }: { role: Effector; wanting: readonly State[] },
): boolean {
  const [, label, revision, kind = ''] = jobName.exec(id) ?? [];
  if (label !== record.label || ![role, 'look'].includes(kind) || Number(revision) > record.rev) return true;
  return Number(revision) === record.rev && !wanting.includes(record.state);
}
