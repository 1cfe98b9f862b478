import { causeOf } from '../../../../core/hyperv/causes';
import { bad, type MoveCheck } from '../../../../core/hyperv/check';
import { diagnose } from '../../../../core/hyperv/diagnose';
import type { WindowsFailure } from '../../../../core/hyperv-port';
import type { MoveStep } from '../../../../core/moves/move-step';
import { Fault, problemOf, type Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import { delegationSight } from '../../../delegation-sight';
import { lookAtMove } from '../answer-hosts';
import type { HostEffectorParts } from '../parts';

/** Why a move has failed: every check that `/hv why` makes, and what Windows has said of this very move. */
export async function diagnoseMove(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, failure }: { step: MoveStep; failure: WindowsFailure | null },
): Promise<{ problem: Problem; diagnosis: readonly MoveCheck[] }> {
  const { machine, name, from, to } = step;
  const { by } = record.intake.statement;
  const [delegation, hosts] = await Promise.all([
    delegationSight(parts.queue, { from, to, by }),
    lookAtMove(parts, { from, to, machine }).catch((error: unknown) => {
      if (error instanceof Fault) return { silent: problemOf(error) };
      throw error;
    }),
  ]);
  const { checks, cause } = diagnose({ from, to, machine, delegation, hosts });
  const said = failure && saidBy(failure);
  const first = cause ?? said;
  const others = said && cause && !cause.evidence.includes(failure?.code ?? '') ? [said] : [];
  return {
    problem: {
      code: 'move.failed',
      summary: `${from === to ? `The disks of ${name} did not move on ${to}` : `${name} did not move to ${to}`}: ${first ? first.evidence : 'Windows does not say why.'}`,
      remedy: first?.fix ?? `Look at the events of Hyper-V-VMMS on ${from}, then ask again.`,
    },
    diagnosis: [...(cause ? others : said ? [said] : []), ...checks],
  };
}

function saidBy(failure: WindowsFailure): MoveCheck {
  const cause = causeOf(failure.code);
  return bad('What Windows says', `Windows says ${failure.code}: ${failure.message}`, {
    headline: cause?.cause ?? `Windows says ${failure.code}`,
    fix: cause?.fix ?? 'Look the code up with this text; Handover does not know it.',
  });
}
