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

  it('plays the tour of delegation and ends with 0: each pair refused, granted and refused again', async () => {
    const { output, exitCode } = await startLab(['--tour', 'delegation']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    const words = new Map<string, string[]>();
    for (const [, pair = '', word = ''] of output().matchAll(/^KDC: (.{9} → .{9}) {3}cifs (\w+)/gm))
      words.set(pair, [...(words.get(pair) ?? []), word]);
    const mesh = ['refused', 'granted', 'granted', 'refused'];
    expect(Object.fromEntries(words)).toEqual({
      'hyper-v01 → hyper-v02': mesh,
      'hyper-v01 → hyper-v03': mesh,
      'hyper-v02 → hyper-v01': mesh,
      'hyper-v02 → hyper-v03': mesh,
      'hyper-v03 → hyper-v01': mesh,
      'hyper-v03 → hyper-v02': mesh,
      'hyper-v01 → hyper-v04': ['refused', 'granted', 'refused'],
    });
    expect(output().match(/^Directory: .*$/gm)).toEqual([
      'Directory: hyper-v04 may delegate to cifs/ghost99',
      'Directory: hyper-v04 may delegate to nobody',
    ]);
  }, 120_000);

  it('plays the tour of why and ends with 0: missing, remembered, and then nothing', async () => {
    const { output, exitCode } = await startLab(['--tour', 'why']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    const answers = output().match(/hyper-v01 → hyper-v02: [^\n.]*/g) ?? [];
    expect([...new Set(answers.map((line) => line.slice(23, 60)))]).toEqual([
      'delegation is missing',
      'the source remembers a refusal',
      'nothing is wrong with what was seen; ',
    ]);
  }, 120_000);

  it('plays the tour of migrate and ends with 0: refused, mended, waited for, moved, and both at once', async () => {
    const { output, exitCode } = await startLab(['--tour', 'migrate']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    expect(output().match(/^(?:KDC|Fabric): .*(?= {3})/gm)).toEqual([
      'KDC: hyper-v01 → hyper-v02',
      ...Array<string>(2).fill('Fabric: web-01 on hyper-v01'),
      'KDC: hyper-v01 → hyper-v02',
      'Fabric: web-01 on hyper-v01',
      'KDC: hyper-v01 → hyper-v02',
      'Fabric: web-01 on hyper-v02',
      'KDC: hyper-v02 → hyper-v03',
      'Fabric: mail-01 on hyper-v02',
      ...Array<string>(2).fill('KDC: hyper-v02 → hyper-v03'),
      'Fabric: mail-01 on hyper-v03',
    ]);
    expect(
      output()
        .match(/^KDC: .*cifs (\w+)/gm)
        ?.map((line) => line.split(' ').at(-1)),
    ).toEqual(['refused', 'granted', 'granted', 'refused', 'granted', 'granted']);
    for (const shown of [/0x8009030E/, /✖ Delegation: /, /Waiting for Windows to notice/, /▰+▱* \d+ %/])
      expect(output()).toMatch(shown);
  }, 240_000);

  it('plays the tour of drain and ends with 0: eleven of twelve leave, one stays and is told, all come back', async () => {
    const { output, exitCode } = await startLab(['--tour', 'drain']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    expect(output().match(/^Fabric: hyper-v01 .*(?=:)/gm)).toEqual([
      'Fabric: hyper-v01   12 machines',
      'Fabric: hyper-v01   1 machine',
      'Fabric: hyper-v01   12 machines',
    ]);
    expect(output().match(/^KDC: hyper-v01 → hyper-v03 {3}cifs \w+/gm)).toEqual([
      'KDC: hyper-v01 → hyper-v03   cifs refused',
      ...Array<string>(2).fill('KDC: hyper-v01 → hyper-v03   cifs granted'),
    ]);
    for (const shown of [
      /11 of 12 machines move to 3 hosts .* 1 delegation first · sql-08 stays \(pass-through disk\)/,
      /▰+▱* \d+ %/,
      /■ Left on hyper-v01: 1 machine: sql-08 \(pass-through disk\)\./,
      /11 machines will come back to hyper-v01/,
    ])
      expect(output()).toMatch(shown);
  }, 400_000);

  it('plays the tour of patch-night and ends with 0: one host serviced, one ill, one not begun, all home', async () => {
    const { output, exitCode } = await startLab(['--tour', 'patch-night']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    for (const shown of [
      /Safe to service: hyper-v01 \(1 of 3\) has no machines/,
      /Build 20348 → 20349\./,
      /hyper-v02 has come up and is not well: the Virtual Machine Management service/,
      /hyper-v02 \(2 of 3\): emptied, and not filled again; hyper-v03 not begun/,
    ])
      expect(output()).toMatch(shown);
  }, 400_000);

  it.each([['--tour', 'nowhere'], ['--expiry', 'soon'], ['--port', 'x'], ['--time-scale', '0'], ['--what']])(
    'ends with 2 and one sentence for %s %s',
    async (...args) => {
      const { output, exitCode } = await startLab(args);
      expect([await exitCode(), output().trim().split('\n').length]).toEqual([2, 1]);
    },
  );
});
