import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const step = pathToFileURL(join(__dirname, '../../setup/steps/powershell.mjs')).href;

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'handover-powershell-'))));
afterEach(() => rmSync(root, { recursive: true }));

function program(name: string): void {
  mkdirSync(join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'bin', name), '#!/bin/sh\n', { mode: 0o755 });
}

/** The program that builds the engine, which ends so. */
function builds(code: number): void {
  const folder = join(root, 'dist', 'lab', 'powershell');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'build-engine.js'), `console.log('Building'); process.exitCode = ${code};`);
}

/** A machine that has nothing on its path but what a test has put there. */
function ensure(isCi = false): Promise<{ says: string; has: string }> {
  const script = `import { ensurePowerShell } from ${JSON.stringify(step)};
    const has = await ensurePowerShell(${JSON.stringify(root)}, { isCi: ${isCi} })
      .catch((error) => error.exitCode + ' ' + error.message);
    process.stderr.write(String(has));`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '-e', script],
      { env: { PATH: join(root, 'bin') } },
      (_, says, has) => resolve({ says, has }),
    );
  });
}

describe('what runs PowerShell', () => {
  it.each(['pwsh', 'powershell'])('is %s where that is there, and nothing is built', async (name) => {
    program(name);
    expect(await ensure()).toEqual({ says: '', has: 'true' });
  });

  it('is its engine, built where the .NET SDK is there', async () => {
    program('dotnet');
    builds(0);
    expect(await ensure()).toEqual({ says: expect.stringContaining('Building'), has: 'true' });
  });

  it('is nothing without both, which is said aloud, also where everything counts', async () => {
    const loud = /^\*\*\* NO POWERSHELL: there is no pwsh here, and no \.NET SDK.*simulated.*\*\*\*\n$/;
    for (const isCi of [false, true]) {
      expect(await ensure(isCi)).toEqual({ says: expect.stringMatching(loud), has: 'false' });
    }
  });

  it('is nothing where the engine cannot be built, and that ends a run in which everything counts', async () => {
    program('dotnet');
    builds(1);
    expect(await ensure()).toEqual({
      says: expect.stringMatching(/NO POWERSHELL: its engine could not/),
      has: 'false',
    });
    expect(await ensure(true)).toMatchObject({ has: expect.stringMatching(/^2 the engine/) });
  });
});
