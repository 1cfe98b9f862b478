import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../../lab/repository';
import { openShell, type Shell } from '../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { testEngine } from '../../support/powershell';
import { scratchDirectory } from '../../support/scratch';

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
        data: [text],
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
      data: ['x'],
    });
    shell?.kill();
  });

  it('loads its module from wherever it is, and takes none that lacks the command', async () => {
    const home = await scratchDirectory();
    const odd = join(home, `it\u2019s '$(1)' \u2018 & here`);
    await mkdir(odd);
    const openAt = async (text: string) => {
      const module = join(odd, 'Handover.psm1');
      await writeFile(module, text);
      return openShell({ executable, module, clock: systemClock, random: systemRandom });
    };
    const shell = await openAt(await readFile(psm1, 'utf8'));
    expect(await shell?.call({ call: 'Echo', arguments: { Text: 'x' } }, 10_000)).toMatchObject({
      data: ['x'],
    });
    shell?.kill();
    expect(await openAt("'Invoke-Other'")).toBeNull();
    await rm(home, { recursive: true });
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
