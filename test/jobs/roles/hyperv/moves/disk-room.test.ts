import { GB } from '../../../../../lab/hyperv/model';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const disk = (path: string, usedGigabytes: number) => ({
  path,
  bytes: 4_000 * GB,
  usedBytes: usedGigabytes * GB,
  bytesPerMs: 500_000,
});

/** Asks, and fills a disk of a host before that is approved. */
async function fillBefore(command: string, { host, free }: { host: string; free: number }): Promise<void> {
  stage = await new MoveStage(MOVE_POLICY).begin();
  stage.delegateAll();
  await stage.ask(command);
  const { machines } = stage.fabric.at(stage.clock.now());
  const there = machines
    .filter((machine) => machine.host === host)
    .flatMap(({ disks }) => disks.filter(({ kind, path }) => kind === 'local' && path.startsWith('D:')))
    .reduce((sum, { bytes }) => sum + bytes / GB, 0);
  stage.fabric.configure(host, { disks: [disk('D:\\', 4_000 - there - free), disk('E:\\', 4_000 - free)] });
  await stage.approve(600_000);
}

describe('a disk that is filled between the plan and the move', () => {
  const to = { host: 'hyper-v03', free: 799 };

  it('is told with both sizes, and nothing is begun', async () => {
    await fillBefore('migrate mail-01 -> hyper-v03', to);
    const move = await stage.move('mail-01');
    expect(move).toMatchObject({ intent: null, outcome: { kind: 'failed' } });
    expect(move?.outcome?.problem?.summary).toBe(
      'mail-01 was not moved to hyper-v03: D:\\ on hyper-v03 has too little room for the disks of mail-01: 799 GB free, 800 GB wanted.',
    );
  });

  it('is no hindrance while it has room', async () => {
    await fillBefore('migrate mail-01 -> hyper-v03', { ...to, free: 800 });
    expect((await stage.move('mail-01'))?.intent).toEqual(expect.anything());
  });

  it('is no place for disks alone either', async () => {
    await fillBefore('migrate mail-01 -> hyper-v02 --storage-only "E:\\VMs\\mail-01"', {
      host: 'hyper-v02',
      free: 799,
    });
    const move = await stage.move('mail-01');
    expect([move?.intent, move?.outcome?.problem?.summary]).toEqual([
      null,
      'The disks of mail-01 were not moved: E:\\ on hyper-v02 has too little room for the disks of mail-01: 799 GB free, 800 GB wanted.',
    ]);
  });
});
