import { elsewhere } from '../../../src/bot/reports/notices';
import { milestones } from '../../../src/bot/reports/milestones';
import { ownerNotices } from '../../../src/bot/reports/owners';
import { thread } from '../../../src/bot/reports/thread';
import type { RequestRecord } from '../../../src/core/request/record';
import { newRounds } from '../../../src/core/moves/rounds';
import { policy, requester, signed } from '../../support/request-record';
import { everyMoveState, machineId, moveStep, over } from '../support/move-states';
import { rendered } from '../support/rendered';

const stateNamed = (name: string): RequestRecord => {
  const record = everyMoveState[name];
  if (!record) throw new Error(`no record ${name}`);
  return record;
};
const running = stateNamed('moves running');
const failed = stateNamed('moves partial').moves.find(({ outcome }) => outcome?.kind === 'failed');
const moved = running.moves[0];
if (!failed || !moved) throw new Error('the states have no such moves');
const keysOf = (record: RequestRecord): string[] => milestones(record).map(({ key }) => key);
const numbered = (at: number, of = moved) => ({ ...of, machine: machineId(at), name: `vm-${at}` });

describe('milestones of moves', () => {
  it('are half of the machines, in words that stay true however many more move', () => {
    const with3 = { ...running, moves: [numbered(1), numbered(2), moveStep(3), moveStep(4)] };
    const [half] = milestones(with3);
    expect(half?.message.text).toContain('half of the machines have moved, 2 of 4');
    expect(milestones({ ...with3, moves: [numbered(1), numbered(2), numbered(3), moveStep(4)] })).toEqual([
      half,
    ]);
    expect(keysOf({ ...running, moves: [numbered(1), moveStep(2), moveStep(3), moveStep(4)] })).toEqual([]);
    expect(keysOf({ ...running, moves: [numbered(1), moveStep(2)] })).toEqual([]);
  });

  it('are each failure with its cause, while others go on', () => {
    const [told, ...others] = milestones({ ...running, moves: [failed, moveStep(2)] });
    expect(told?.key).toBe(`move-failed-${failed.machine}`);
    expect(told?.message.text).toMatch(/R-1042.*sql-01 did not move to hyper-v02.*21502/s);
    expect(others).toEqual([]);
  });

  it('are nothing when it is over or about to be: the outcome tells', () => {
    expect(keysOf(stateNamed('moves partial'))).toEqual([]);
    expect(keysOf({ ...running, moves: [failed, numbered(2)] })).toEqual([]);
    expect(keysOf({ ...running, moves: [{ ...failed }] })).toEqual([]);
  });

  it('stand in the thread', () => {
    const keys = thread({ ...running, moves: [failed, moveStep(2)] }, policy).map(({ key }) => key);
    expect(keys).toContain(`move-failed-${failed.machine}`);
  });
});

describe('owners of machines', () => {
  const rules = [
    { match: 'web-*', owner: 'U0WEB' },
    { match: 'sql-01', owner: 'the database team' },
  ];
  const told = (record: RequestRecord) =>
    ownerNotices(record, rules).map(({ key, to, message }) => [key, to, rendered(message)]);

  it('are told before, of their own machines alone, and only when it is decided', () => {
    expect(told(stateNamed('moves waiting'))).toEqual([]);
    const [[key, to, text] = [], ...others] = told(stateNamed('moves approved'));
    expect([key, to, others]).toEqual(['owner-before-U0WEB', { person: 'U0WEB' }, []]);
    expect(text).toContain('Your machines web-01 and web-02 will be moved away from hyper-v01 soon.');
    expect(text).not.toContain('sql-01');
  });

  it('are told which of their machines do not run on, and which were left away', () => {
    const waiting = stateNamed('moves waiting, stopped on both ways');
    const [[, , before] = []] = told({ ...waiting, state: 'approved' });
    expect(before).toContain('But for web-01: stopped each time, and started again if it runs now.');
    const { id } = waiting;
    const word = {
      kind: 'instruction' as const,
      intake: id,
      what: 'choice' as const,
      choice: 'leave' as const,
    };
    const left = signed({ ...word, machine: machineId(1), by: requester, at: 1 });
    const rounds = newRounds({ hosts: ['hyper-v01'], returns: 'all' }).map((round) => ({
      ...round,
      leg: 'over' as const,
      away: 3,
      returned: 2,
    }));
    const ending = { problem: null, at: 2 };
    const [[, , after] = []] = told({ ...waiting, state: 'done', instructions: [left], rounds, ending });
    expect(after).toContain('■ web-01 was left by choice, and is not back on hyper-v01.');
    expect(after).toContain('✔ web-02 is back on hyper-v01.');
  });

  it('are told of machines that make room for others as well', () => {
    const makers = [{ match: 'sql-01', owner: 'U0SQL' }];
    const [before] = ownerNotices(stateNamed('moves running, others make room'), makers);
    expect(before?.key).toBe('owner-before-U0SQL');
    expect(before && rendered(before.message)).toContain(
      'Your machine sql-01 will be moved away from hyper-v02 soon.',
    );
    const [after] = ownerNotices(stateNamed('moves done, others made room'), makers);
    expect(after && rendered(after.message)).toContain('✔ sql-01 is on hyper-v03 now, and well.');
  });

  it('are not told that a machine is where it was which somebody else has moved', () => {
    const record = stateNamed('moves done, one unwell');
    const summary = 'web-01 was not moved: it is neither on hyper-v01 nor on hyper-v02 any more.';
    const problem = { code: 'move.overtaken', summary, remedy: '' };
    const moves = record.moves.map((step) =>
      step.name === 'web-01' ? { ...step, ...over('failed', { problem }) } : step,
    );
    const [[, , text] = []] = told({ ...record, moves });
    expect(text).toContain(`■ ${summary}`);
    expect(text).not.toContain('still on');
  });

  it('are told after how each of them is, and nothing where nothing was begun', () => {
    const [[key, , text] = []] = told(stateNamed('moves done, one unwell'));
    expect(key).toBe('owner-after-U0WEB');
    expect(text).toContain('✔ web-01 is on hyper-v02 now, and well.');
    expect(text).toContain('⚠ web-02 is on hyper-v02 now, and not as it was: Its heartbeat');
    expect(told(stateNamed('moves stopped before any'))).toEqual([]);
    expect(told(stateNamed('moves denied'))).toEqual([]);
  });
});

describe('the channel of notices', () => {
  const done = stateNamed('moves done');
  const keys = (record: RequestRecord) => elsewhere(record, thread(record, policy)).map(({ key }) => key);

  it('is told that a host is safe to service, and not that a drain has left something', () => {
    const looked = (machines: string[]) => ({ ...done, remaining: [{ host: 'hyper-v01', machines }] });
    expect(keys(looked([]))).toContain('notice');
    expect(keys(looked(['sql-07']))).not.toContain('notice');
    expect(keys(done)).not.toContain('notice');
  });
});
