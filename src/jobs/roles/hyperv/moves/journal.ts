import type { MoveCheck } from '../../../../core/hyperv/check';
import type { HealthCheck, MoveOutcome, MoveStep } from '../../../../core/moves/move-step';
import type { Problem } from '../../../../core/problem';
import { isDrain } from '../../../../core/request/advance-moves';
import type { RequestRecord } from '../../../../core/request/record';
import { commit, type HostEffectorParts } from '../parts';

/** Records how a move stands. Null: somebody else was first, and everything is to be looked at anew. */
export function noteMove(
  parts: HostEffectorParts,
  record: RequestRecord,
  {
    step,
    what,
    detail = {},
    trouble = null,
  }: {
    step: MoveStep;
    what: string;
    detail?: Readonly<Record<string, string | number | boolean | null>>;
    trouble?: Problem | null;
  },
): Promise<RequestRecord | null> {
  const moves = record.moves.map((each) => (each.machine === step.machine ? step : each));
  const { machine, name, from, to } = step;
  return commit(parts, record, {
    change: { moves, trouble },
    what,
    detail: { machine, name, from, to, ...detail },
  });
}

/** What the end of a move may come with. */
interface Ending {
  readonly inferred?: boolean;
  readonly problem?: Problem | null;
  readonly health?: readonly HealthCheck[];
  readonly diagnosis?: readonly MoveCheck[];
}

/** Records the end of a move. Where a machine is at home is noted first: when that fails it is looked at again. */
export async function endMove(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, ...end }: { step: MoveStep } & Pick<MoveOutcome, 'kind'> & Ending,
): Promise<RequestRecord | null> {
  const { kind, inferred = false, problem = null, health = [], diagnosis = [] } = end;
  const outcome = {
    kind,
    inferred,
    at: parts.clock.now(),
    problem,
    health: [...health],
    diagnosis: [...diagnosis],
  };
  if (kind === 'moved') await noteHome(parts, record, step);
  const ill = health.filter(({ isWell }) => !isWell).map(({ sentence }) => sentence);
  return noteMove(parts, record, {
    step: { ...step, outcome },
    what: 'move.outcome',
    detail: {
      kind,
      inferred,
      problem: problem?.code ?? null,
      summary: problem?.summary ?? null,
      unhealthy: ill.length === 0 ? null : ill.join(' '),
    },
  });
}

/** A machine that is moved away for a while is at home where it was first; one that is brought where it is at home is there again. */
async function noteHome(
  { ledger, clock }: HostEffectorParts,
  { label, intake }: RequestRecord,
  { machine, from, to }: MoveStep,
): Promise<void> {
  const home = (await ledger.homes()).get(machine);
  // Noted already, before a transition that was lost.
  if (home?.label === label && home.host !== to) return;
  // One that had come home by hand leaves home anew.
  if (home?.host === to || home?.host === from) await ledger.noteHome(machine, null);
  if (home?.host === to || !isDrain({ intake })) return;
  await ledger.noteHome(machine, { host: from, label, at: clock.now() });
}

/** A move that was not carried out because of this. */
export function failMove(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, problem }: { step: MoveStep; problem: Problem },
): Promise<RequestRecord | null> {
  return endMove(parts, record, { step, kind: 'failed', problem });
}
