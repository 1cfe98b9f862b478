import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { waitFor } from '../../lab/wait-for';
import { STREAM_START } from '../../src/core/audit/stream';
import { chain, SYSTEM_CHAIN } from '../../src/core/request/audit';
import { verifyAudit } from '../../src/jobs/audit/verify-audit';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { handover } from '../support/command';
import { conductAlone, type ConductAlone } from '../support/conduct-alone';

let stage: ConductAlone;
let thief: Redis;
beforeAll(async () => {
  stage = await conductAlone({ sealSeconds: 1 });
  thief = new Redis(stage.redis.url);
});
afterAll(async () => {
  thief.disconnect();
  await stage.stop();
});

const note = (at: number) => stage.ledger.note('', { what: 'test', who: 'test', at, detail: {} });
const verify = () => verifyAudit({ ...stage, mirror: stage.mirror, anchors: [] });
/** How many records there are: a program that starts with other settings than before says so too. */
const written = async (): Promise<number> => (await stage.ledger.auditStream(STREAM_START, 10_000)).length;
const sealed = () =>
  waitFor('seals of everything', async () =>
    (await stage.ledger.lastSeal())?.seal.total === (await written()) ? true : undefined,
  );
const notices = () => stage.client.messages({ channel: 'notices' });

/** Runs in order: each goes on with the audit that the one before has left. */
describe('the audit of a running Handover', () => {
  it('is sealed by the bot in one chain, whoever of two workers and two bots is killed', async () => {
    const { start } = stage;
    const programs = [await start('bot'), await start('bot'), await start(), await start()];
    for (let at = 0; at < 200; at += 1) {
      await note(at);
      if (at === 80) await programs[0]?.kill();
      if (at === 150) await programs[2]?.kill();
    }
    await sealed();
    const records = await written();
    expect(records).toBeGreaterThanOrEqual(200);
    const found = await waitFor('a mirror of all seals', async () => {
      const now = await verify();
      return now.mirror?.records === records && now.mirror.unsealed === 0 ? now : undefined;
    });
    expect(found.flaws).toEqual([]);
    expect(found.redis).toMatchObject({ records, unsealed: 0 });
  });

  it('is anchored in #notices, once, and verified against what was posted', async () => {
    const [posted, ...others] = await waitFor('the post of a seal', async () => {
      const all = await notices();
      return all.length > 0 ? all : undefined;
    });
    expect(others).toEqual([]);
    const text = String(posted?.['text']);
    expect(text).toMatch(/^🔏 Audit seal \d+ · \d+ records · [0-9a-f]{32}$/);
    const file = join(stage.mirrorDirectory, '..', 'posted.txt');
    await writeFile(file, `Handover APP 02:10\n${text}\n`);
    const sound = await handover(stage.configFile, 'audit', 'verify', '--anchors', file);
    expect([sound.code, sound.stdout]).toEqual([0, expect.stringContaining('Anchors: 1 read')]);
    await writeFile(file, text.replace(/[0-9a-f]{32}$/, 'a'.repeat(32)));
    const other = await handover(stage.configFile, 'audit', 'verify', '--anchors', file);
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('was written anew')]);
  });

  it('is not sealed when somebody writes into Redis, and the channel hears where', async () => {
    await sealed();
    const before = await stage.ledger.lastSeal();
    const end = await stage.ledger.chainEnd(SYSTEM_CHAIN);
    const entry = { what: 'forged', who: 'nobody', at: 1, detail: {} };
    const forged = chain(SYSTEM_CHAIN, { seq: (end?.seq ?? 0) + 4, head: 'a'.repeat(64) }, entry);
    const { stream } = ledgerKeys(stage.redis.prefix);
    const position = await thief.xadd(stream, '*', 'record', JSON.stringify(forged), 'label', '');
    await waitFor(
      'the alarm',
      async () => (JSON.stringify(await notices()).includes(String(position)) ? true : undefined),
      90_000,
    );
    const told = JSON.stringify(await notices());
    expect(told).toContain('The audit does not add up, so it is not sealed');
    await waitFor('the note', async () =>
      (await stage.ledger.audit(SYSTEM_CHAIN)).some(({ what }) => what === 'seal.refused') ? true : undefined,
    );
    expect(await stage.ledger.lastSeal()).toEqual(before);
    await thief.xdel(stream, String(position));
    await waitFor('sealing to go on', async () =>
      (await verify()).redis?.unsealed === 0 ? true : undefined,
    );
    expect((await verify()).flaws).toContainEqual(
      expect.objectContaining({ source: 'mirror', place: expect.stringContaining(String(position)) }),
    );
  }, 150_000);
});
