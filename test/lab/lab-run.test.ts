import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { labClient } from '../../lab/slack/client';
import type { LabFile } from '../../lab/lab-file';
import { repositoryRoot } from '../../lab/repository';
import { waitFor } from '../../lab/wait-for';
import { scratchDirectory } from '../support/scratch';

/** The lab as a person starts it, in a place of its own. */
async function startLab(
  ...args: string[]
): Promise<{ child: ChildProcess; file: string; run: string; output: () => string }> {
  const run = await scratchDirectory();
  const entry = join(repositoryRoot, 'dist', 'lab', 'main.js');
  const child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, HANDOVER_LAB_RUN: run } });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, run, file: join(run, 'lab.json'), output: () => text };
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
}

describe('the lab', () => {
  it('says how to attach once it is ready, for its owner only, and leaves nothing behind at Ctrl-C', async () => {
    const { child, file, run } = await startLab();
    const lab = await waitFor('lab.json', () =>
      Promise.resolve(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LabFile) : undefined),
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(lab.channels)[0]).toBe('hyper-v');
    expect(Object.keys(lab.users).toSorted()).toEqual(['approver', 'oncall', 'requester']);
    const client = labClient({ url: lab.slackUrl, labToken: lab.labToken });
    expect(await client.get('/_lab/kdc', { from: 'hyper-v01', to: 'hyper-v02' })).toMatchObject({
      ok: true,
      cifs: 'refused',
      migration: 'absent',
    });
    await expect(client.get('/_lab/kdc', { from: '../x', to: 'hyper-v02' })).rejects.toThrow(
      'invalid_arguments',
    );
    const pids = Object.values(lab.pids);
    expect(pids.filter((pid) => !isAlive(pid))).toEqual([]);

    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(130);
    await waitFor('all processes to be gone', () => Promise.resolve(pids.some(isAlive) ? undefined : true));
    expect(readdirSync(run)).toEqual([]);
  });

  it('plays the tour and ends with 0, the KDC’s answers before and after in its transcript', async () => {
    const { child, output } = await startLab('--tour');
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, output()]).toEqual([0, expect.stringContaining('Everything in this tour held.')]);
    const answers = output()
      .match(/KDC: hyper-v01 → hyper-v02 {3}cifs (\w+)/g)
      ?.map((line) => line.split(' ').at(-1));
    expect(answers).toEqual(['refused', 'refused', 'granted']);
  });

  it.each([['--tour', 'nowhere'], ['--expiry', 'soon'], ['--port', 'x'], ['--what']])(
    'ends with 2 and one sentence for %s %s',
    async (...args) => {
      const { child, output } = await startLab(...args);
      const [code] = (await once(child, 'exit')) as [number];
      expect([code, output().trim().split('\n').length]).toEqual([2, 1]);
    },
  );
});
