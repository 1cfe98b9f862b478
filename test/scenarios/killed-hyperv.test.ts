import { once } from 'node:events';
import { waitFor } from '../../lab/wait-for';
import { startPractice, type Practice } from '../../lab/practice';
import { labClient, type LabClient } from '../../lab/slack/client';
import { brokenLink } from '../../src/core/request/audit';
import type { Ledger } from '../../src/core/ports';
import type { RequestRecord } from '../../src/core/request/record';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { testRedis } from '../support/redis';
import { scratchDirectory } from '../support/scratch';

/** As slow as real hosts twice over, so that a worker can die while a machine is on its way. */
const SCALE = 2;
const WITHIN_MS = 60_000;

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

/** Asks for the move of a machine, and has it approved. */
async function approved(name: string): Promise<RequestRecord> {
  const text = `/hv migrate ${name} -> hyper-v02`;
  const answer = await client.command({ user: 'requester', channel: 'hyper-v', text });
  const label = /R-\d+/.exec(JSON.stringify([answer.ack, answer.ephemerals]))?.[0] ?? '';
  const click = await waitFor(
    `the card of ${label}`,
    async () => {
      const cards = await client.messages({ channel: 'hyper-v' });
      const card = cards.find(
        (message) =>
          String(message['text']).startsWith(`${label} `) &&
          JSON.stringify(message).includes('"request.approve"'),
      );
      return card && { channel: 'hyper-v', ts: String(card['ts']), action_id: 'request.approve' };
    },
    WITHIN_MS,
  );
  await client.click({ user: 'approver', ...click });
  const record = await ledger.findByLabel(label);
  if (!record) throw new Error(`${label} is not in the ledger`);
  return record;
}

/** What must hold after any crash: the machine once and where it was to be, one order, one true report, an unbroken chain. */
async function expectMovedOnce({ id, label }: RequestRecord, name: string): Promise<void> {
  await waitFor(
    `${label} to be done`,
    async () => ((await ledger.read(id))?.state === 'done' ? true : undefined),
    WITHIN_MS,
  );
  const { machines, moves, copies } = await fabric();
  const found = machines.filter((machine) => machine.name === name);
  expect(found.map(({ host, state }) => [host, state])).toEqual([['hyper-v02', 'running']]);
  expect(moves.filter(({ machine }) => machine === found[0]?.id).map(({ state }) => state)).toEqual(['done']);
  expect(copies).toEqual([]);
  const isReport = (text: string): boolean => text.includes(label) && text.includes('was moved to hyper-v02');
  const reports = await waitFor('the report', async () => {
    const ts = (await ledger.delivered(id)).get('card')?.ts ?? '';
    const thread = await client.messages({ channel: 'hyper-v', thread_ts: ts });
    const told = thread.filter(({ text, ts: at }) => at !== ts && isReport(String(text)));
    return told.length > 0 ? told : undefined;
  });
  expect(reports).toHaveLength(1);
  expect(brokenLink(await ledger.audit(id))).toBeNull();
}

describe('a Windows worker that is killed while it moves a machine', () => {
  it.each([
    ['after hyperv.start', 'web-01'],
    ['before ledger.noteProgress', 'sql-01'],
    ['before ledger.commit:move.outcome', 'web-02'],
    ['after ledger.commit:move.outcome', 'app-01'],
  ])(
    '%s is replaced by one that looks: the machine is there once, by one order, and it is told once',
    async (place, name) => {
      const last = practice.programs.find((program) => program.name === 'hyperv');
      await last?.stop();
      const doomed = await practice.start('hyperv', { HANDOVER_LAB_CRASH: place });
      const died = once(doomed.child, 'exit');
      const asked = await approved(name);
      await died;
      const replaced = await practice.start('hyperv');
      try {
        await expectMovedOnce(asked, name);
      } finally {
        await replaced.stop();
      }
    },
    150_000,
  );
});
