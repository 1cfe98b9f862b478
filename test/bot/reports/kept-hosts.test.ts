import { MOVE_POLICY } from '../../support/move-stage';
import { NOW } from '../../support/request-record';
import { moveStep } from '../support/move-states';
import { asked, startPractice, type Practice } from '../support/practice';
import { commit, freshPlan } from '../support/requests';

let practice: Practice;
afterEach(() => practice.stop());

const words = async () =>
  (await practice.ledger.cordons()).map(({ cordon, uncordon }) => [
    cordon.statement.host,
    cordon.statement.why,
    uncordon?.statement.why ?? null,
  ]);

it('a bot that delivers a drain has its host cordoned, and says no more of it than follows from the record', async () => {
  practice = await startPractice({ policy: MOVE_POLICY });
  const order = { user: 'requester', channel: 'hyper-v', text: '/drain hyper-v01' };
  const record = await asked(practice, await practice.lab.command(order));
  await commit(practice, record, { state: 'waiting', plan: freshPlan(record) });
  await practice.report(record.id);
  expect(await words()).toEqual([]);
  await commit(practice, record, { state: 'approved' });
  await practice.report(record.id);
  const said = ['hyper-v01', `${record.label} empties it`];
  expect(await words()).toEqual([[...said, null]]);
  await commit(practice, record, { state: 'running', moves: [moveStep(1)] });
  await practice.report(record.id);
  await commit(practice, record, { state: 'stopped', ending: { problem: null, at: NOW } });
  await practice.report(record.id);
  expect(await words()).toEqual([[...said, `${record.label} keeps it empty no longer`]]);
});
