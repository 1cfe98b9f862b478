import { once } from 'node:events';
import { waitFor } from '../../lab/wait-for';
import { startPractice, type Practice } from '../../lab/practice';
import { labClient, type LabClient } from '../../lab/slack/client';
import { brokenLink } from '../../src/core/request/audit';
import { roomMakers } from '../../src/core/moves/making-room';
import type { Ledger } from '../../src/core/ports';
import type { RequestRecord } from '../../src/core/request/record';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { testRedis } from '../support/redis';
import { scratchDirectory } from '../support/scratch';

/** Seconds of the fabric in one. */
const SCALE = 10;
const WITHIN_MS = 120_000;
/** Machines that cannot move, and leave no host room for sql-01 (16 GB). */
const BLOCKERS = [
  ['hyper-v02', 18],
  ['hyper-v03', 28],
  ['hyper-v04', 24],
] as const;

let practice: Practice;
let client: LabClient;
let ledger: Ledger;
beforeAll(async () => {
  practice = await startPractice({
    directory: await scratchDirectory(),
    port: 0,
    decideSeconds: 600,
    isSimulated: true,
    timeScale: SCALE,
    pace: 'off',
    redisUrl: testRedis().url,
    say: () => undefined,
  });
  const { slackUrl: url, labToken, redisUrl, redisPrefix: prefix } = practice.file;
  client = labClient({ url, labToken });
  ledger = await openRedisLedger({ url: redisUrl, prefix });
  for (const [host, memoryGigabytes] of BLOCKERS) {
    const vm = `block-${host.slice(-2)}`;
    await client.post('/_lab/fabric', {
      action: 'add',
      vm,
      host,
      memoryGigabytes,
      passThrough: 'PhysicalDrive2',
    });
  }
}, 120_000);
afterAll(async () => {
  await ledger.close();
  await practice.stop();
});

interface Fabric {
  readonly machines: readonly { id: string; name: string; host: string; state: string }[];
  readonly moves: readonly { machine: string; state: string }[];
  readonly copies: readonly { machine: string }[];
}

const fabric = async (): Promise<Fabric> => (await client.get('/_lab/fabric')) as unknown as Fabric;
const machinesOn = async (host: string): Promise<readonly string[]> =>
  (await fabric()).machines.filter((machine) => machine.host === host).map(({ name }) => name);

/** Asks, and waits for the card that can be approved. */
async function asked(text: string): Promise<{ label: string; said: string; ts: string }> {
  const answer = await client.command({ user: 'requester', channel: 'hyper-v', text });
  const label = /R-\d+/.exec(JSON.stringify([answer.ack, answer.ephemerals]))?.[0] ?? '';
  return waitFor(
    `the card of ${label}`,
    async () => {
      const cards = await client.messages({ channel: 'hyper-v' });
      const card = cards.find(
        (message) =>
          String(message['text']).startsWith(`${label} `) &&
          JSON.stringify(message).includes('"request.approve"'),
      );
      return card && { label, said: JSON.stringify(card), ts: String(card['ts']) };
    },
    WITHIN_MS,
  );
}

async function ended(label: string): Promise<RequestRecord> {
  return waitFor(
    `${label} to be over`,
    async () => {
      const record = await ledger.findByLabel(label);
      return record?.ending ? record : undefined;
    },
    WITHIN_MS,
  );
}

describe('a host that is emptied while the others are full', () => {
  it('is empty in the end, with another machine out of the way first, though the Windows worker died on the way', async () => {
    const offered = await asked('/drain hyper-v01');
    expect(offered.said).toContain('1 machine of another host would move out of the way.');
    expect((await ledger.findByLabel(offered.label))?.plan?.hosts.envelope?.machines).not.toContainEqual(
      expect.objectContaining({ room: true }),
    );
    const { label, said, ts } = await asked('/drain hyper-v01 --make-room');
    expect(said).toContain('1 other makes room');
    expect(said).toContain('Of other hosts, moved first to make room:');

    await practice.programs.find((program) => program.name === 'hyperv')?.stop();
    const doomed = await practice.start('hyperv', { HANDOVER_LAB_CRASH: 'after hyperv.start' });
    const died = once(doomed.child, 'exit');
    await client.click({ user: 'approver', channel: 'hyper-v', ts, action_id: 'request.approve' });
    await died;
    const replaced = await practice.start('hyperv');
    try {
      const record = await ended(label);
      expect(record).toMatchObject({ state: 'done', replans: 0 });
      expect(await machinesOn('hyper-v01')).toEqual([]);
      const [maker, ...others] = record.moves.filter(({ machine }) => roomMakers(record.plan).has(machine));
      expect(others).toEqual([]);
      const sql = record.moves.find(({ name }) => name === 'sql-01');
      expect(sql?.to).toBe(maker?.from);
      expect(sql?.intent?.at).toBeGreaterThan(maker?.outcome?.at ?? Infinity);
      const { moves, copies } = await fabric();
      expect(moves.filter(({ machine }) => machine === maker?.machine)).toHaveLength(1);
      expect(moves.map(({ state }) => state)).toEqual(record.moves.map(() => 'done'));
      expect(copies).toEqual([]);
      expect(brokenLink(await ledger.audit(record.id))).toBeNull();
    } finally {
      await replaced.stop();
    }
  }, 300_000);
});
