import { Fabric } from '../../lab/hyperv/fabric';
import { GB, type FabricMachine } from '../../lab/hyperv/model';
import { practiceFabric } from '../../lab/hyperv/practice-fabric';
import { simulatedHyperV } from '../../lab/hyperv/simulated-hyperv';
import { baseDn, searchBases } from '../../lab/directory/names';
import { simulateDomain } from '../../lab/directory/simulated-domain';
import { standingClock } from '../../lab/standing-clock';
import { isChange } from '../../src/core/commands/ask';
import { parseCommand } from '../../src/core/commands/parse';
import { planMoves } from '../../src/core/fabric/plan-moves';
import { PlanningSettings } from '../../src/core/fabric/planning-settings';
import type { Ledger } from '../../src/core/ports';
import type { RequestRecord } from '../../src/core/request/record';
import { Modes, Policy, Tier0, Times } from '../../src/core/settings';
import { createRequestClient } from '../../src/jobs/client';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { newKeyPair, openSigner, openVerifier } from '../../src/jobs/ports/ed25519-keys';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { startConduct, startDirectory, startHyperV } from '../../src/jobs/worker';

const START = Date.UTC(2026, 10, 29, 2);
const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'];
const by = (user: string) => ({ enterprise: null, team: 'T1', user });
const rule = { requesters: 'anyone', approvers: ['U0APPROVER'], quorum: 1 };
const log = { info: () => undefined, error: () => undefined };

const MINUTE_MS = 60_000;
const MOST_MINUTES = 6 * 60;

const directorySettings = {
  servers: [{ name: 'dc1', url: 'ldaps://127.0.0.1', tlsName: 'dc1' }],
  caFile: '',
  bindDn: '',
  passwordFile: '',
  baseDn,
  searchBases: [...searchBases],
  fileServerBases: [],
};

/** Everything that carries out a drain, in this process: real are the client, the roles and the keys; the rest is in memory, by a clock that stands still. */
export interface DrainStage {
  readonly fabric: Fabric;
  /** Asks for a drain, approves it, and lets time pass until it has ended. */
  drain(host: string): Promise<RequestRecord>;
  readonly now: () => number;
  stop(): Promise<void>;
}

/** Three large hosts, with these machines beside those of the practice fabric. */
export async function startDrainStage(
  more: (like: FabricMachine) => readonly FabricMachine[],
): Promise<DrainStage> {
  const clock = standingClock(START);
  const ledger = openMemoryLedger(clock);
  const queue = openMemoryQueue(clock);
  const { hosts, machines } = practiceFabric(START);
  const [like] = machines;
  const fabric = new Fabric(
    {
      hosts: hosts.map((host) => ({ ...host, memoryBytes: 2_048 * GB, processors: 256 })),
      machines: [...machines, ...(like ? more(like) : [])],
      now: START,
    },
    () => Promise.resolve(true),
  );
  const parts = { ledger, queue, clock, random: systemRandom, log };
  const policy = Policy.parse({ 'live-move': rule, 'storage-move': rule, 'delegation-add': rule });
  const times = Times.parse({});
  const keys = newKeyPair();
  const shared = { policy, times, modes: Modes.parse({}), tier0: Tier0.parse({}) };
  const verifier = openVerifier({ k1: keys.publicKey });
  const workers = [
    await startConduct({ ...parts, pace: times }),
    await startDirectory({
      ...parts,
      directory: simulateDomain(clock).directory,
      proof: { prove: () => Promise.resolve('granted') },
      verifier,
      settings: { ...shared, directory: directorySettings },
    }),
    await startHyperV({
      ...parts,
      hyperV: simulatedHyperV(fabric, clock),
      planner: { plan: async (...asked) => planMoves(...asked), close: async () => undefined },
      settings: { hosts: HOSTS, executable: '', shells: 1, sampleSeconds: 3_600 },
      verifier,
      rules: { ...shared, machines: [], planning: PlanningSettings.parse({}) },
    }),
  ];
  const client = createRequestClient({
    ...parts,
    signer: openSigner({ keyId: 'k1', pem: keys.privateKey }),
    settings: { policy, times },
  });
  return {
    fabric,
    now: () => clock.now(),
    async drain(host) {
      const id = await ask(client, host);
      await clock.pass(MINUTE_MS);
      await approve(client, await readRecord(ledger, id));
      for (let minute = 0; minute < MOST_MINUTES; minute += 1) {
        await clock.pass(MINUTE_MS);
        if ((await readRecord(ledger, id)).ending) break;
      }
      return readRecord(ledger, id);
    },
    async stop() {
      for (const worker of workers) await worker.stop();
      await queue.close();
    },
  };
}

type Client = ReturnType<typeof createRequestClient>;

async function ask(client: Client, host: string): Promise<string> {
  const parsed = parseCommand('/drain', host);
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error(`${host} cannot be drained`);
  const where = { channel: 'C1', key: host, card: { channel: 'C1' } };
  const submitted = await client.submit({ ask: parsed.ask, by: by('U0REQUESTER'), ...where });
  if (submitted.kind === 'refused') throw new Error(submitted.problem.summary);
  return submitted.record.id;
}

async function approve(client: Client, { id, plan, ending }: RequestRecord): Promise<void> {
  if (!plan || ending) throw new Error(`there is no plan: ${ending?.problem?.summary ?? ''}`);
  const { number, fingerprint } = plan;
  const said = { verdict: 'approve' as const, reason: '', by: by('U0APPROVER') };
  const decided = await client.decide({ id, plan: number, fingerprint, ...said });
  if (decided.kind === 'refused') throw new Error(decided.problem.summary);
}

async function readRecord(ledger: Pick<Ledger, 'read'>, id: string): Promise<RequestRecord> {
  const record = await ledger.read(id);
  if (!record) throw new Error('the request is gone');
  return record;
}
