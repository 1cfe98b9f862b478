import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { claimAddress } from '../../lab/addresses';
import { writeConfiguration } from '../../lab/configuration';
import { startDomain, type Domain } from '../../lab/directory/domain';
import { createOrganisation } from '../../lab/directory/organisation';
import { startProgram, type ProgramPlace } from '../../lab/programs';
import { startRedis } from '../../lab/redis';
import { repositoryRoot } from '../../lab/repository';
import { app } from '../../lab/slack/workspace';
import { openStores } from '../../src/cli/open-stores';
import { loadSettings } from '../../src/cli/settings-file';
import type { Ledger } from '../../src/core/ports';
import { createRequestClient, type RequestClient } from '../../src/jobs/client';
import { openSigner } from '../../src/jobs/ports/ed25519-keys';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import type { Undoing } from '../undoing';

/** Everything that a mesh is measured with: a domain of its own, Redis, both workers, and the bench in place of the bot. */
export interface Stage {
  readonly directory: string;
  readonly domain: Domain;
  /** Holds all hosts and nothing else; the narrow account may write their lists. */
  readonly unit: string;
  readonly hosts: readonly MeshHost[];
  readonly redis: Redis;
  readonly ledger: Ledger;
  readonly client: RequestClient;
  readonly worker: RestartedProgram;
}

/** The directory worker: always one process, and a new one when that is wanted. */
interface RestartedProgram {
  readonly pid: number;
  restart(): Promise<void>;
}

/** A host of the mesh. */
export interface MeshHost {
  /** As it was ordered: `m01`. */
  readonly place: string;
  /** Short name in the directory. */
  readonly name: string;
  readonly fqdn: string;
  readonly dn: string;
}

export const PREFIX = '{handover}';
export const APPROVER = 'U0APPROVER';

/**
 * Starts it on one claimed loopback address. The directory worker gets no practice domain to ask, so that its proof is "untestable" as it
 * is in production. `undoing` gets what ends it.
 */
export async function openStage(undoing: Undoing, count: number): Promise<Stage> {
  const runs = join(repositoryRoot, 'lab', '.run');
  await mkdir(runs, { recursive: true, mode: 0o700 });
  const directory = await mkdtemp(join(runs, 'bench-'));
  undoing.push(() => rm(directory, { recursive: true, force: true }));
  const claim = await claimAddress();
  undoing.push(() => claim.release());
  const { address } = claim;
  const server = await startRedis({ address, directory: join(directory, 'redis') });
  undoing.push(() => server.stop());
  const domain = await startDomain({ address, directory });
  undoing.push(() => domain.stop());
  const { unit, hosts } = await makeHosts(domain, count);

  const config = await writeConfiguration({
    directory: join(directory, 'handover'),
    domain: { ...domain, searchBases: [unit] },
    redisUrl: server.url,
    prefix: PREFIX,
    // The workers read these settings and never use them: Slack is the bot's.
    slack: {
      apiUrl: `http://${address}/`,
      botToken: 'xoxb-none',
      appToken: 'xapp-none',
      team: app.teamId,
      approvals: 'C0APPROVALS',
    },
    approvers: [APPROVER],
  });
  const conduct = await startProgram('conduct', { config, domainFile: '', directory });
  undoing.push(() => conduct.stop());
  const worker = await startWorker({ config, domainFile: '', directory }, undoing);
  const redis = new Redis(server.url);
  undoing.push(() => redis.quit());
  return { directory, domain, unit, hosts, redis, worker, ...(await openClient(config, undoing)) };
}

async function startWorker(place: ProgramPlace, undoing: Undoing): Promise<RestartedProgram> {
  let program = await startProgram('directory', place);
  undoing.push(() => program.stop());
  return {
    get pid() {
      return program.child.pid ?? 0;
    },
    async restart() {
      await program.stop();
      program = await startProgram('directory', place);
    },
  };
}

async function makeHosts(
  domain: Domain,
  count: number,
): Promise<{ unit: string; hosts: readonly MeshHost[] }> {
  const width = String(count).length;
  const places = Array.from({ length: count }, (_, at) => `m${String(at + 1).padStart(width, '0')}`);
  const made = await createOrganisation(domain, {
    name: 'Mesh',
    hosts: places.map((name) => ({ name })),
  });
  return { unit: made.dn, hosts: places.map((place) => ({ place, ...made.host(place) })) };
}

/** What the bot has of Handover: ledger, queue and the signing key. */
async function openClient(config: string, undoing: Undoing): Promise<Pick<Stage, 'client' | 'ledger'>> {
  const settings = loadSettings(config);
  const log = { info: () => undefined, error: (fields: object) => console.error(fields) };
  const stores = await openStores({ settings, mode: 'lab', log });
  undoing.push(() => stores.close());
  const { ledger, queue } = stores;
  const { signWith: keyId, signingKeyFile } = settings.keys;
  const signer = openSigner({ keyId, pem: await readFile(signingKeyFile, 'utf8') });
  const ports = { ledger, queue, clock: systemClock, random: systemRandom };
  return { ledger, client: createRequestClient({ ...ports, signer, settings }) };
}
