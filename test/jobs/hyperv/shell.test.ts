import { join } from 'node:path';
import { repositoryRoot } from '../../../lab/repository';
import { openShell, type Shell } from '../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { testEngine } from '../../support/powershell';

const psm1 = join(repositoryRoot, 'src/jobs/hyperv/powershell/Handover.psm1');
const executable = testEngine();
const open = (): Promise<Shell | null> =>
  openShell({ executable, module: psm1, clock: systemClock, random: systemRandom });

describe('a shell on the real engine', () => {
  it('gives back what it was given, whatever it is', async () => {
    const shell = await open();
    for (const text of [
      'abc',
      `'; Stop-Process -Id $PID; '`,
      '$(1+1)',
      '"`n',
      '',
      'é → ✓ 🙂',
      '\u2019 \u201c',
    ]) {
      expect(await shell?.call({ call: 'Echo', arguments: { Text: text } }, 10_000)).toEqual({
        kind: 'data',
        data: text,
      });
    }
    shell?.kill();
  });

  it('tells what went wrong, and goes on', async () => {
    const shell = await open();
    expect(await shell?.call({ call: 'Nothing', arguments: {} }, 10_000)).toMatchObject({
      kind: 'error',
      message: 'There is no call Nothing.',
    });
    expect(await shell?.call({ call: 'Echo', arguments: { Nope: 1 } }, 10_000)).toMatchObject({
      kind: 'error',
    });
    expect(await shell?.call({ call: 'Echo', arguments: { Text: 'x' } }, 10_000)).toMatchObject({
      data: 'x',
    });
    shell?.kill();
  });

  it('is none when the executable is not there', async () => {
    expect(
      await openShell({
        executable: '/nowhere/pwsh',
        module: psm1,
        clock: systemClock,
        random: systemRandom,
      }),
    ).toBeNull();
  });
});
