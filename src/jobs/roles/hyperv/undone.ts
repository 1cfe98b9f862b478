import type { UndoAsk } from '../../../core/commands/ask';
import type { UndoneHosts } from '../../../core/hyperv/undo-hosts';
import type { Problem } from '../../../core/problem';
import { settingsDone } from '../../../core/request/host-effect';
import type { RequestRecord } from '../../../core/request/record';
import { approvedAt } from '../../../core/request/warrant';
import type { HostEffectorParts } from './parts';

/** An undo, and the request that asks for it; null for a preview. */
export interface AboutUndo {
  readonly ask: Pick<UndoAsk, 'request'>;
  readonly record: RequestRecord | null;
}

/**
 * What was set by the request that an undo is about, as far as statements prove it: the signed intake names that request, and its
 * approvals are signed for exactly the plan that the ledger holds. Which hosts of that plan it came to is its journal's word, which nobody
 * signs: whoever edits it makes the undo propose less, or a host that is as that plan wanted it anyway, and an approver sees it.
 */
export async function readUndone(
  { ledger, verifier, clock }: Pick<HostEffectorParts, 'ledger' | 'verifier' | 'clock'>,
  { ask, record }: AboutUndo,
): Promise<{ undone: UndoneHosts } | { problem: Problem }> {
  const undone = await (record
    ? ledger.read(record.intake.statement.of ?? '')
    : ledger.findByLabel(ask.request));
  if (!undone?.plan || undone.label !== ask.request) return { problem: unknown(ask) };
  const { plan, label } = undone;
  const approved = approvedAt(undone, plan, { verifier, now: clock.now() });
  if ('problem' in approved) return { problem: unproved(ask, approved.problem) };
  return { undone: { label, settings: settingsDone(undone) } };
}

function unknown({ request }: Pick<UndoAsk, 'request'>): Problem {
  return {
    code: 'undo.unknown',
    summary: `The ledger does not say (any more) what ${request} has set.`,
    remedy: 'Look at it with /hv show, and set the hosts as they should be with /hv prepare.',
  };
}

function unproved({ request }: Pick<UndoAsk, 'request'>, { summary }: Problem): Problem {
  return {
    code: 'undo.unproved',
    summary: `What ${request} has set is not what was approved: ${summary}`,
    remedy: 'Somebody may have written to Redis: look at the audit, and set the hosts with /hv prepare.',
  };
}
