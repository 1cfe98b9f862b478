import { reversalId } from '../../../../src/core/request/new-record';
import type { RequestRecord } from '../../../../src/core/request/record';
import { approved, Stage } from '../../../support/directory-stage';
import { approver, modes, policy, times } from '../../../support/request-record';

export const HOUR = 3_600_000;
export const VALUES = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
export const PERMANENT = 'delegate hyper-v01 -> hyper-v02 cifs';
export const FOR_8H = `${PERMANENT} --for 8h`;
const rule = { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 };
export const rules = { ...policy, 'delegation-remove': rule };
export const allRules = { ...rules, 'trust-mode': rule };

/** A temporary request that is carried out. */
export async function temporary(command = FOR_8H): Promise<{ stage: Stage; parent: RequestRecord }> {
  const stage = await approved(rules, command);
  await stage.tick();
  return { stage, parent: await stage.record() };
}

export async function reversalOf(stage: Stage, parent: RequestRecord): Promise<RequestRecord> {
  const record = await stage.ledger.read(reversalId(parent.id, parent.plan?.number ?? 0));
  if (!record) throw new Error('there is no reversal');
  return record;
}

/** A stage with these modes, its request asked for. */
export async function staged(
  kinds: Partial<typeof modes>,
  { command = PERMANENT, lookSeconds = 30 } = {},
): Promise<Stage> {
  const stage = new Stage(allRules);
  stage.times = { ...times, lookSeconds };
  stage.modes = { ...modes, ...kinds };
  stage.replaceWorker();
  await stage.start();
  await stage.ask(command);
  return stage;
}

export async function carryOut(stage: Stage): Promise<void> {
  await stage.decide();
  await stage.tick();
}

export async function look(stage: Stage): Promise<void> {
  await stage.clock.pass(31_000);
  await stage.tick();
}
