import { unnotedSince } from '../../core/hyperv/unnoted';
import type { Clock, Ledger } from '../../core/ports';
import { effectorOf } from '../../core/request/effector';
import { freezeToShow } from '../../core/request/freeze';
import { reversalId } from '../../core/request/new-record';
import type { RequestRecord } from '../../core/request/record';
import type { CardContext } from '../cards/card';

/** What a card shows beside its own record, as the ledger has it now; what is delivered left out. */
export async function besideRecord(
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
  record: RequestRecord,
): Promise<Omit<CardContext, 'delivered'>> {
  const { id, plan, until, ending, moves, state } = record;
  const reversal = until === null ? null : await ledger.read(reversalId(id, plan?.number ?? 0));
  // What is over needs no freeze, and nobody to go on with it.
  if (ending) return { reversal };
  const isTurn = state !== 'waiting' && effectorOf(record) === 'hyperv';
  return {
    reversal,
    freeze: freezeToShow(await ledger.freezeState()),
    progress: moves.length > 0 ? await ledger.progressOf(id) : [],
    unheardSince: isTurn ? unnotedSince(await ledger.lastLoad(), clock.now()) : null,
  };
}
