import { hookBody } from '../../../src/bot/webhook/event';
import { NOW } from '../../support/request-record';
import { everyMoveState, machineId } from '../support/move-states';

const event = { id: 'e1', key: 'hook-1', kind: 'state', state: 'done', at: NOW } as const;

describe('the body of an event about moves', () => {
  it('names each machine, where it was, where it was to be, and what became of it', () => {
    const record = everyMoveState['moves done, one unwell'];
    const body = record && (JSON.parse(hookBody(event, record)) as Record<string, unknown>);
    expect(body?.['plan']).toMatchObject({
      moves: {
        destinations: ['hyper-v02'],
        machines: [{ name: 'web-01', from: 'hyper-v01' }, { name: 'web-02' }, { storage: 'D:\\Hyper-V' }],
      },
    });
    const way = { from: 'hyper-v01', to: 'hyper-v02' };
    expect(body?.['moves']).toMatchObject([
      { id: machineId(1), name: 'web-01', ...way, outcome: 'moved', isWell: true, problem: null },
      { name: 'web-02', ...way, outcome: 'moved', isWell: false, problem: { code: 'move.unhealthy' } },
      { name: 'sql-01', ...way, outcome: 'moved', isWell: true },
    ]);
  });

  it('says of a move that goes on that nobody knows its end', () => {
    const record = everyMoveState['moves running'];
    expect(record && JSON.parse(hookBody(event, record))).toMatchObject({
      moves: [{ outcome: 'moved' }, { outcome: null, isWell: null }, { outcome: null, isWell: null }],
    });
  });
});
