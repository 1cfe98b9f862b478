import { GB } from '../../../../../lab/hyperv/model';
import type { ForecastMove } from '../../../../../src/core/moves/forecast';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const disk = (path: string) => [{ path, bytes: 4_000 * GB, usedBytes: 0, bytesPerMs: 500_000 }];

/** Two destinations of which neither has the disk that the other one has; then the one that was planned has no memory any more. */
async function begin(command: string): Promise<ForecastMove | undefined> {
  const hosts = { 'hyper-v01': { disks: disk('D:\\') }, 'hyper-v03': { disks: disk('F:\\') } };
  const machines = { 'file-01': { disks: [] }, 'app-02': { iso: null } };
  stage = await new MoveStage(MOVE_POLICY, { hosts, machines }).begin();
  stage.delegateAll();
  const { plan } = await stage.ask(command);
  expect(plan?.hosts.envelope?.destinations).toEqual(['hyper-v01', 'hyper-v03']);
  const mail = plan?.forecast?.moves.find(({ name }) => name === 'mail-01');
  stage.add('huge-01', { like: 'web-01', gigabytes: 44, host: mail?.to ?? '' });
  await stage.approve(300_000);
  return mail;
}

describe('a machine whose disks are approved for a folder', () => {
  it('goes to no other approved destination that has no such disk', async () => {
    const mail = await begin('drain hyper-v02');
    expect(await stage.move('mail-01')).toMatchObject({
      to: mail?.to,
      storage: mail?.storage,
      intent: null,
      outcome: { kind: 'failed', problem: { code: 'move.impossible' } },
    });
    expect(stage.hostOf('mail-01')).toBe('hyper-v02');
  });

  it('keeps its host from being closed where none has it', async () => {
    await begin('drain hyper-v02 --return');
    const ended = await stage.record();
    expect(ended).toMatchObject({
      state: 'failed',
      moves: [],
      ending: { problem: { code: 'round.no-room' } },
    });
    expect(ended.ending?.problem?.summary).toContain('mail-01 would stay.');
    expect(stage.hostOf('mail-01')).toBe('hyper-v02');
  });
});
