/** @needs domain, which the lab starts itself. */
import { readdirSync, statSync } from 'node:fs';
import { labClient } from '../../lab/slack/client';
import { waitFor } from '../../lab/wait-for';
import { endLabs, isAlive, startLab } from '../support/lab-process';

afterAll(endLabs);

describe('the lab', () => {
  it('says how to attach once it is ready, for its owner only, and leaves nothing behind at Ctrl-C', async () => {
    const { child, file, run, ready, exitCode } = await startLab(['--time-scale', '40']);
    const lab = await ready();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(lab.directoryKind).toBe('samba');
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
    expect(lab.timeScale).toBe(40);
    expect(await client.get('/_lab/fabric')).toMatchObject({ ok: true, timeScale: 40, judge: 'kdc' });
    const machine = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
    const move = { do: 'move', machine, from: 'hyper-v01', to: 'hyper-v02', storage: null };
    const refused = client.post('/_lab/hyperv', move);
    await expect(refused).resolves.toMatchObject({ ok: false, code: '0x8009030E' });
    const pids = Object.values(lab.pids);
    expect(Object.keys(lab.pids).toSorted()).toEqual([
      'bot',
      'conduct',
      'directory',
      'hyperv',
      'redis',
      'samba',
    ]);
    expect(pids.filter((pid) => !isAlive(pid))).toEqual([]);

    child.kill('SIGINT');
    expect(await exitCode()).toBe(130);
    await waitFor('all processes to be gone', () => Promise.resolve(pids.some(isAlive) ? undefined : true));
    expect(readdirSync(run)).toEqual([]);
  });

  it('plays the tour and ends with 0, the KDC’s answers before and after in its transcript', async () => {
    const { output, exitCode } = await startLab(['--tour']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    const answers = output()
      .match(/KDC: hyper-v01 → hyper-v02 {3}cifs (\w+)/g)
      ?.map((line) => line.split(' ').at(-1));
    expect(answers).toEqual(['refused', 'refused', 'granted']);
  });

  it.each([['--tour', 'nowhere'], ['--expiry', 'soon'], ['--port', 'x'], ['--time-scale', '0'], ['--what']])(
    'ends with 2 and one sentence for %s %s',
    async (...args) => {
      const { output, exitCode } = await startLab(args);
      expect([await exitCode(), output().trim().split('\n').length]).toEqual([2, 1]);
    },
  );
});
