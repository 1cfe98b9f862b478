import { readdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { decoys, fileServer } from '../../lab/directory/accounts';
import { openDirectoryClient } from '../../lab/directory/directory-client';
import { simulatedServer } from '../../lab/directory/simulated-domain';
import type { LabFile } from '../../lab/lab-file';
import { labClient } from '../../lab/slack/client';
import type { Directory } from '../../src/core/ports';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { observePair } from '../support/pair-observation';
import { ask, press, reaches, reports } from '../support/conversation';
import type { Instance } from '../support/instance';
import { endLabs, isAlive, startLab, type LabProcess } from '../support/lab-process';
import { testRedis } from '../support/redis';

/** A machine on which nothing is installed, as far as the lab can see: most of Samba's and all of Redis' programs are on PATH. */
const bare = { PATH: '/nonexistent' };

afterAll(endLabs);

describe('a lab on a machine without Samba', () => {
  it('plays the tour on a simulated directory, says so everywhere, and ends with 3', async () => {
    const shared = testRedis();
    const owner = new Redis(shared.url);
    const { child, output, exitCode } = await startLab(['--tour'], { ...bare, REDIS_URL: shared.url });
    try {
      await owner.set(`${shared.prefix}:kept`, 'of somebody else');
      expect([await exitCode(), output()]).toEqual([
        3,
        expect.stringContaining('NOT PROVED: no KDC answers'),
      ]);
      const text = output();
      expect(text).toMatch(
        /\*\*\* SIMULATED DIRECTORY: nothing here is proved\..*\*\*\*\n.*apt-get install samba/,
      );
      // In the thread: the card, and the report that ends the request.
      expect(text).toContain('✅ *Done, not proved here*');
      expect(text).toContain('Written on dc1 (simulated): 4 values added to hyper-v01.');
      expect(text).toContain('cifs is not proved here');
      const answers = text.match(/^KDC: hyper-v01 → hyper-v02.*$/gm)?.map((line) => line.slice(29));
      expect(answers).toEqual([
        'cifs not asked (there is none), migration values absent (simulated directory)',
        'cifs not asked (there is none), migration values absent (simulated directory)',
        'cifs not asked (there is none), migration values present (simulated directory)',
      ]);
      expect(text).not.toMatch(/granted|refused →/);
      // The Redis was somebody's: the lab took its own keys away, and nothing else.
      expect(await owner.keys('{handover-lab-*')).toEqual([]);
      expect(await owner.get(`${shared.prefix}:kept`)).toBe('of somebody else');
    } finally {
      child.kill('SIGKILL');
      owner.disconnect();
    }
  });

  it.each([
    ['no Redis at all', '', /redis-server.*apt-get install redis-server.*REDIS_URL/],
    [
      'a Redis that does not answer',
      'redis://:hidden@127.0.0.1:1',
      /REDIS_URL: the Redis at 127\.0\.0\.1:1 cannot/,
    ],
    ['a Redis on another machine', 'redis://192.0.2.1:6379', /REDIS_URL: .*not a loopback address/],
    ['a REDIS_URL that is none', 'hidden', /REDIS_URL: it is no address/],
  ])('does not go on with %s: exit 2 and what to do', async (_, redisUrl, sentence) => {
    const { output, exitCode, run } = await startLab([], { ...bare, REDIS_URL: redisUrl });
    expect([await exitCode(), output()]).toEqual([2, expect.stringMatching(sentence)]);
    expect(output()).not.toMatch(/hidden|\n\s+at /);
    expect(readdirSync(run)).toEqual([]);
  });
});

describe('a lab that was asked for a simulated directory', () => {
  let process: LabProcess;
  let lab: LabFile;
  let directory: Directory;
  let instance: Instance;
  beforeAll(async () => {
    process = await startLab(['--simulated-directory']);
    lab = await process.ready();
    const { slackUrl: url, labToken, redisUrl, redisPrefix: prefix } = lab;
    directory = openDirectoryClient({ kind: 'simulated', url, labToken, server: simulatedServer });
    const client = labClient({ url, labToken });
    const ledger = await openRedisLedger({ url: redisUrl, prefix });
    // SAFETY: what follows a conversation uses these two and nothing else.
    instance = { client, ledger } as Instance;
  });
  afterAll(async () => {
    await instance.ledger.close();
    process.child.kill('SIGTERM');
    await process.exitCode();
  });

  const valuesOf = async (text: string): Promise<readonly string[] | undefined> => {
    const name = { kind: 'short', text } as const;
    const seen = await observePair(directory, { source: name, destination: name, services: [] });
    return seen.source[0]?.allowedToDelegateTo;
  };

  it('says so in lab.json, and names nothing that is not there', () => {
    expect(lab).toMatchObject({ schemaVersion: 1, directoryKind: 'simulated', timeScale: 20 });
    expect(Object.keys(lab)).not.toEqual(expect.arrayContaining(['ldapUrl']));
    expect(Object.keys(lab.pids).toSorted()).toEqual(['bot', 'conduct', 'directory', 'hyperv', 'redis']);
    expect(Object.values(lab.pids).filter((pid) => !isAlive(pid))).toEqual([]);
    expect(process.output()).toContain('(as --simulated-directory asks)');
    expect(process.output()).toContain('The directory is simulated: nothing here is proved.');
  });

  // Before the many below: the lab lets one message a second into a channel, as Slack does, and these two wait for theirs.
  it('refuses the narrow account where it has no right, with the right that is lacking', async () => {
    const asked = await ask(instance, '/delegate branch-hv01 -> branch-hv02');
    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    const failed = await reaches(instance, asked, 'failed');
    expect(failed.ending?.problem?.remedy).toMatch(/msDS-AllowedToDelegateTo.*CN=Computers/);
    expect(await valuesOf('branch-hv01')).toEqual([]);
  });

  it('ends a request as written and not proved', async () => {
    const asked = await ask(instance, '/delegate hyper-v02 -> hyper-v03');
    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    const done = await reaches(instance, asked, 'done');
    expect(done.proof).toMatchObject({
      level: 'converged',
      checks: expect.arrayContaining([{ what: 'cifs', result: 'untestable' }]),
    });
    expect(await valuesOf('hyper-v02')).toHaveLength(4);
    expect(JSON.stringify(await reports(instance, asked))).toContain('Done, not proved here');
  });

  it.each([
    ['the domain controller', 'hyper-v01', decoys.domainController, /domain controller/i],
    ['Tier 0', 'hyper-v01', decoys.tierZero, /adminCount/],
    ['a disabled host', 'hyper-v01', decoys.disabled, /disabled/],
    ['unconstrained delegation', decoys.unconstrained, 'hyper-v01', /unconstrained/],
    ['a name that another holds', 'hyper-v01', decoys.sharedName, /belongs to oldbox/],
    ['a name that nobody holds', decoys.ghost, 'ghost99', /may already delegate to cifs\/ghost99/],
    ['no migration service', 'hyper-v01', fileServer, /has not registered/],
    ['an unknown name', 'hyper-v01', 'hyper-v91', /hyper-v0\d/],
  ])('refuses %s, and writes nothing', async (_, from, to, sentence) => {
    const before = await valuesOf(from);
    const asked = await ask(instance, `/delegate ${from} -> ${to}`);
    const refused = await reaches(instance, asked, 'refused');
    const said = refused.plan?.verdicts.filter(({ verdict }) => verdict === 'refuse') ?? [];
    expect(said.map((verdict) => `${verdict.sentence} ${verdict.remedy}`).join('\n')).toMatch(sentence);
    expect(await valuesOf(from)).toEqual(before);
  });

  it('gives the directory to nobody without the lab’s token', async () => {
    const access = { kind: 'simulated', url: lab.slackUrl, server: simulatedServer } as const;
    const thief = openDirectoryClient({ ...access, labToken: 'x'.repeat(48) });
    await expect(thief.read('0d000000-0000-4000-8000-000000000001')).rejects.toMatchObject({ name: 'Fault' });
  });
});
