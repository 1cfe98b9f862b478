import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import { createRequestClient } from '../../src/jobs/client';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { handover } from '../support/command';
import { conductAlone, type ConductAlone } from '../support/conduct-alone';
import {
  approvedRecord,
  approver,
  intake,
  NOW,
  planOf,
  policy,
  signed,
  testKeys,
  times,
} from '../support/request-record';

let stage: ConductAlone;
beforeAll(async () => {
  stage = await conductAlone();
});
afterAll(() => stage.stop());

const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
const say = (...words: readonly string[]) => handover(stage.configFile, ...words);

/** A request that is approved, and whose steps nobody carries out. */
async function approved(id: string): Promise<{ id: string; label: string }> {
  const asked = intake({ id: id.repeat(32) });
  const { record } = await stage.ledger.recordIntake(signed(asked), { key: id, card: { channel: 'C1' } });
  const waiting = await stage.ledger.commit(record, { state: 'waiting', plan: planOf(asked) }, entry);
  const { decisions } = approvedRecord();
  if (waiting) await stage.ledger.commit(waiting, { state: 'approved', decisions }, entry);
  return { id: record.id, label: record.label };
}

describe('from a shell, with Slack down', () => {
  it('everything is frozen under the operating system’s identity, once, and only Slack ends it', async () => {
    expect(await say('freeze', 'Slack is down')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^🧊 Frozen/),
    });
    expect(await say('freeze', 'again')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/frozen already/),
    });
    const { freeze } = (await stage.ledger.freezeState()) ?? {};
    expect(freeze).toMatchObject({
      why: 'Slack is down',
      by: { team: 'os', user: expect.stringMatching(/.\/./) },
    });
    expect((await stage.ledger.audit(SYSTEM_CHAIN)).map(({ what }) => what)).toContain('freeze');
    expect((await say('unfreeze', 'over')).code).not.toBe(0);
    const parts = { ledger: stage.ledger, queue: openMemoryQueue(systemClock), clock: systemClock };
    const { signer } = testKeys();
    const settings = { policy, times };
    const client = createRequestClient({ ...parts, random: systemRandom, signer, settings });
    expect((await client.unfreeze({ by: approver, why: 'Slack is back' })).kind).toBe('said');
  });

  it('a request is paused and stopped, and the audit says by whom', async () => {
    const { id, label } = await approved('b');
    expect(await say('pause', label)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${label} is paused`),
    });
    expect(await say('stop', label.toLowerCase())).toMatchObject({ code: 0 });
    const record = await stage.ledger.read(id);
    expect(record?.instructions.map(({ statement, keyId }) => [statement.what, keyId])).toEqual([
      ['pause', 'unsigned'],
      ['stop', 'unsigned'],
    ]);
    const told = await stage.ledger.audit(id);
    expect(told.filter(({ who }) => who.startsWith('-/os/')).map(({ what }) => what)).toEqual([
      'pause',
      'stop',
    ]);
  });

  it('what is not there is said, and nothing is changed', async () => {
    expect(await say('stop', 'R-9999')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^🚫 No request is called R-9999\. Nothing was changed\./),
    });
  });
});
