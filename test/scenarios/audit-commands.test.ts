import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '../../lab/wait-for';
import { intake, signed } from '../support/request-record';
import { handover } from '../support/command';
import { conductAlone, type ConductAlone } from '../support/conduct-alone';

let stage: ConductAlone;
beforeAll(async () => {
  stage = await conductAlone();
  const { ledger } = stage;
  const { record } = await ledger.recordIntake(signed(intake()), { key: 'k', card: { channel: 'C1' } });
  const conduct = await stage.start();
  for (let at = 0; at < 9; at += 1) {
    await ledger.note(record.id, { what: 'test', who: 'test', at, detail: {} });
  }
  await waitFor('the mirror', async () => {
    const told = await handover(stage.configFile, 'audit', 'verify');
    return /Mirror: .* 0 seals\nThe audit is sound/.test(told.stdout) ? true : undefined;
  });
  await conduct.stop();
});
afterAll(() => stage.stop());

const verify = (...words: readonly string[]) => handover(stage.configFile, 'audit', 'verify', ...words);

describe('handover audit verify', () => {
  it('ends with 0 where Redis and mirror are sound and the same', async () => {
    const { code, stdout } = await verify();
    expect(stdout).toMatch(
      /^Redis: \d+ records of \d+ chains, \d+ of them not sealed yet, 0 seals\nMirror: /,
    );
    expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'The audit is sound.']);
  });

  it('verifies a mirror alone, and names the place of what was edited in it', async () => {
    const [name = ''] = await readdir(stage.mirrorDirectory);
    const file = join(stage.mirrorDirectory, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"seq":5', '"seq":5 '));
    expect(await verify('--offline')).toMatchObject({ code: 0 });
    const spaced = await verify();
    expect(spaced.stdout).toMatch(
      /Redis and mirror: R-1001, record 5 \(.*\): Redis and the mirror say different/,
    );
    await writeFile(file, text.replace('"at":4', '"at":44'));
    const { code, stdout } = await verify('--offline');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /mirror: R-1001, record 6 \(.*\): It was edited: its hash is not that of what it says\./,
    );
    await writeFile(file, text);
  });

  it('says what it needs', async () => {
    const nowhere = join(stage.mirrorDirectory, 'nowhere');
    expect(await verify('--mirror', nowhere)).toMatchObject({ code: 3 });
    await writeFile(join(stage.mirrorDirectory, 'posted.txt'), 'nothing');
    const { code, stderr } = await verify('--anchors', join(stage.mirrorDirectory, 'posted.txt'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('Nothing was verified.')]);
  });
});
