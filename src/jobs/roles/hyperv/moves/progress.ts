import { isMoving } from '../../../../core/moves/move-step';
import type { MoveProgress } from '../../../../core/moves/progress-port';
import type { Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import type { Visit } from './visit';

/** A move that has not come further for so long is told of, in milliseconds; it is never ended for being slow. */
const STILL_MS = 10 * 60_000;

/** Notes how far moves are, for whoever watches, and says of one that does not come further. Null: somebody else was first. */
export async function watchProgress(
  parts: HostEffectorParts,
  record: RequestRecord,
  { sight, tell }: Pick<Visit, 'sight' | 'tell'>,
): Promise<RequestRecord | null> {
  const { ledger, clock } = parts;
  const steps = record.moves.filter(isMoving);
  if (steps.length === 0) return record;
  const before = await ledger.progressOf(record.id);
  const now = clock.now();
  const progress = steps.flatMap(({ machine, ...step }): readonly MoveProgress[] => {
    const job = sight.jobs({ machine, ...step }).find(({ state }) => state === 'running');
    if (!job) return [];
    const percent = Math.min(100, Math.max(0, Math.round(job.percent)));
    const last = before.find((each) => each.machine === machine);
    return [{ machine, percent, since: last?.percent === percent ? last.since : now }];
  });
  if (progress.length > 0) await ledger.noteProgress(record.id, progress);
  const still = progress.find(({ since }) => now - since >= STILL_MS);
  const step = still && steps.find(({ machine }) => machine === still.machine);
  return step ? tell(record, standsStill(step, still)) : record;
}

function standsStill(
  { name, machine, from, to }: { name: string; machine: string; from: string; to: string },
  { percent }: MoveProgress,
): Problem {
  return {
    code: 'move.still',
    summary: `${name} has not come further than ${percent} % for ten minutes, on its way from ${from} to ${to}.`,
    remedy: `Wait, or end it by hand on ${from}: Get-CimInstance -Namespace root/virtualization/v2 Msvm_MigrationJob | Where-Object VirtualSystemName -eq ${machine} | Invoke-CimMethod -MethodName RequestStateChange -Arguments @{ RequestedState = 4 }. Handover ends no move.`,
  };
}
