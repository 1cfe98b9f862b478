import type { Clock, Ledger, Queue, Signer } from '../core/ports';
import { choicesSaid } from '../core/request/choices';
import { judgeChoice, type WantedChoice } from '../core/request/judge-choice';
import type { RequestRecord } from '../core/request/record';
import type { Settings } from '../core/settings';
import { answer } from './answer';
import { entry, sign, type Answered } from './statements';

interface Parts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'policy'>;
}

/** The client for choices about machines. Methods throw Fault when the ledger does not answer. */
export interface ChoiceClient {
  /** Says what is done to a machine of a drain: a new plan before it is approved, an instruction within the approval later. */
  choose(input: WantedChoice & { readonly id: string }): Promise<Answered>;
}

/** Makes it. */
export function createChoiceClient(parts: Parts): ChoiceClient {
  return { choose: ({ id, ...wanted }) => answer(parts, id, (record) => chooseOnce(parts, record, wanted)) };
}

async function chooseOnce(
  { ledger, signer, clock, settings }: Parts,
  record: RequestRecord,
  wanted: WantedChoice,
): Promise<Answered | 'again'> {
  // Later than every choice before it, whatever clocks say: the last one holds.
  const last = Math.max(0, ...choicesSaid(record).map(({ at }) => at));
  const now = Math.max(clock.now(), last + 1);
  const judged = judgeChoice(record, wanted, { policy: settings.policy, now });
  const { by, choice } = wanted;
  if ('problem' in judged) {
    const detail = { why: judged.problem.code, choice };
    await ledger.note(record.id, entry('choice.refused', by, { at: now, detail }));
    return { kind: 'refused', problem: judged.problem, record };
  }
  const { machine, name, change } = judged;
  const word = {
    kind: 'instruction' as const,
    intake: record.id,
    what: 'choice' as const,
    machine,
    choice,
    by,
  };
  const instructions = [...record.instructions, sign(signer, { ...word, at: now })];
  const detail = { machine, name, choice };
  const committed = await ledger.commit(
    record,
    { ...change, instructions },
    entry('choice', by, { at: now, detail }),
  );
  return committed ? { kind: 'recorded', record: committed } : 'again';
}
