import { isChange } from '../../src/core/commands/ask';
import { parseCommand } from '../../src/core/commands/parse';
import type { Policy } from '../../src/core/policy/schema';
import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import { createRequestClient } from '../../src/jobs/client';
import { sayFreeze, shellIdentity } from '../../src/jobs/freeze';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { memoryClock } from '../support/memory-clock';
import {
  approver,
  intake,
  planOf,
  policy,
  requester,
  signed,
  testKeys,
  times,
} from '../support/request-record';
import { systemRandom } from '../../src/jobs/ports/system-random';

function desk(rules: Policy = policy) {
  const clock = memoryClock();
  const ledger = openMemoryLedger(clock);
  const queue = openMemoryQueue(clock);
  const parts = { ledger, queue, clock, random: systemRandom };
  const client = createRequestClient({
    ...parts,
    signer: testKeys().signer,
    settings: { policy: rules, times },
  });
  return { ...parts, client };
}

const told = async ({ ledger }: ReturnType<typeof desk>) =>
  (await ledger.audit(SYSTEM_CHAIN)).map(({ what, who, detail }) => [what, who, detail['why']]);

describe('freezing', () => {
  it('is anybody’s word, once, and ended by anybody else; the audit knows both', async () => {
    const at = desk();
    expect((await at.client.freeze({ by: requester, why: 'storm' })).kind).toBe('said');
    const again = await at.client.freeze({ by: approver, why: 'me too' });
    expect(again).toMatchObject({ kind: 'refused', problem: { code: 'freeze.already' } });
    const own = await at.client.unfreeze({ by: requester, why: 'over' });
    expect(own).toMatchObject({ kind: 'refused', problem: { code: 'freeze.own' } });
    expect((await at.client.unfreeze({ by: approver, why: 'over' })).kind).toBe('said');
    const twice = await at.client.unfreeze({ by: approver, why: 'over' });
    expect(twice).toMatchObject({ kind: 'refused', problem: { code: 'freeze.none' } });
    expect(await told(at)).toEqual([
      ['freeze', '-/T1/U0REQUESTER', 'storm'],
      ['freeze.refused', '-/T1/U0APPROVER', 'freeze.already'],
      ['unfreeze.refused', '-/T1/U0REQUESTER', 'freeze.own'],
      ['unfreeze', '-/T1/U0APPROVER', 'over'],
      ['unfreeze.refused', '-/T1/U0APPROVER', 'freeze.none'],
    ]);
  });

  it('from a shell is under the operating system’s identity, and ends in Slack', async () => {
    const at = desk();
    await sayFreeze(at, { by: shellIdentity(), why: 'Slack is down' });
    expect((await told(at))[0]?.[1]).toMatch(/^-\/os\/[^/]+\/[^/]+$/);
    expect((await at.client.unfreeze({ by: requester, why: 'back' })).kind).toBe('said');
  });

  it('lets nothing be approved, but denied, and tells every open card', async () => {
    const at = desk();
    const { ledger, client } = at;
    const asked = intake();
    const plan = planOf(asked);
    const { record } = await ledger.recordIntake(signed(asked), { key: 'k', card: { channel: 'C1' } });
    const entry = { what: 'plan', who: 'test', at: 0, detail: {} };
    await ledger.commit(record, { state: 'waiting', plan }, entry);
    const reported: string[] = [];
    await at.queue.handle('reports', async ({ request }) => {
      reported.push(request);
      return { kind: 'over' };
    });
    await client.freeze({ by: requester, why: 'storm' });
    await at.queue.settle();
    expect(reported).toEqual([record.id]);
    const click = { id: record.id, plan: 1, fingerprint: plan.fingerprint, by: approver, reason: 'no' };
    const approve = await client.decide({ ...click, verdict: 'approve' });
    expect(approve).toMatchObject({ kind: 'refused', problem: { code: 'frozen' } });
    expect((await ledger.read(record.id))?.decisions).toEqual([]);
    expect((await client.decide({ ...click, verdict: 'deny' })).kind).toBe('recorded');
  });
});

describe('asking too often', () => {
  const parsed = parseCommand('/hv', 'delegate hyper-v01 -> hyper-v02 cifs');
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error('not a change');
  const { ask } = parsed;
  const ways = async (caps: object, times: number, by = requester) => {
    const at = desk({ ...policy, caps });
    const said: string[] = [];
    for (let time = 0; time < times; time += 1) {
      const submitted = await at.client.submit({
        ask,
        by,
        channel: 'C1',
        key: `k${time}`,
        card: { channel: 'C1' },
      });
      said.push(submitted.kind === 'refused' ? submitted.problem.code : submitted.kind);
    }
    return { said, at };
  };

  it('is refused by the hour', async () => {
    const { said, at } = await ways({ requestsPerHour: 2 }, 3);
    expect(said).toEqual(['received', 'received', 'cap.hour']);
    await at.clock.pass(3_600_001);
    const again = await at.client.submit({
      ask,
      by: requester,
      channel: 'C1',
      key: 'z',
      card: { channel: 'C1' },
    });
    expect(again.kind).toBe('received');
  });

  it('is refused by what is open, for that person alone', async () => {
    const { said, at } = await ways({ openPerPerson: 2 }, 3);
    expect(said).toEqual(['received', 'received', 'cap.open']);
    const other = await at.client.submit({
      ask,
      by: approver,
      channel: 'C1',
      key: 'z',
      card: { channel: 'C1' },
    });
    expect(other.kind).toBe('received');
  });
});
