/** @needs domain, which the lab starts itself. */
import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { replicationPath } from '../../lab/directory/replication-route';
import type { LabFile } from '../../lab/lab-file';
import { waitFor } from '../../lab/wait-for';
import { pairStartMs } from '../support/domain';
import { endLabs, isAlive, startLab } from '../support/lab-process';

async function replicateIn({ slackUrl, labToken }: LabFile, body: Record<string, string>): Promise<unknown> {
  const response = await fetch(new URL(replicationPath, slackUrl), {
    method: 'POST',
    headers: { 'x-lab-token': labToken, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

afterAll(endLabs);

describe('the lab with two controllers', () => {
  it(
    'tells Handover of both, and replicates when it is told to',
    async () => {
      const { child, ready, exitCode } = await startLab(['--controllers', '2']);
      const lab = await waitFor('the lab', ready, pairStartMs);
      const servers = [
        { name: 'dc1', url: expect.stringMatching(/^ldaps:/), tlsName: 'dc1.mabofeng.com' },
        { name: 'dc2', url: expect.stringMatching(/^ldaps:/), tlsName: 'dc2.mabofeng.com' },
      ];
      expect(parse(readFileSync(lab.configFile, 'utf8'))).toMatchObject({ directory: { servers } });
      expect(Object.keys(lab.pids)).toEqual(expect.arrayContaining(['samba', 'samba2']));
      expect(lab).toMatchObject({ directories: servers });

      const replicate = (body: Record<string, string>) => replicateIn(lab, body);
      expect(await replicate({ from: 'dc1', to: 'dc2' })).toMatchObject({ ok: true });
      for (const body of [{ from: 'dc1', to: 'dc1' }, { from: 'dc3', to: 'dc1' }, { to: 'dc1' }])
        expect(await replicate(body)).toMatchObject({ ok: false, error: 'invalid_arguments' });

      child.kill('SIGINT');
      expect(await exitCode()).toBe(130);
      const pids = Object.values(lab.pids);
      await waitFor('all to be gone', () => Promise.resolve(pids.some(isAlive) ? undefined : true));
    },
    pairStartMs,
  );

  it.each([
    ['of three', ['--controllers', '3'], '--controllers takes 1 or 2, not 3'],
    ['in memory', ['--controllers', '2', '--simulated-directory'], 'as --simulated-directory asks'],
  ])('does not start: one %s', async (_title, args, reason) => {
    const { output, exitCode } = await startLab(args);
    expect([await exitCode(), output()]).toEqual([2, expect.stringContaining(reason)]);
    expect(output().trim().split('\n')).toHaveLength(1);
  });
});
