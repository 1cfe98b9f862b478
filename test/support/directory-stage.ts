import type { Job, Ledger } from '../../src/core/ports';
import { writeDecision } from '../../src/core/request/decide';
import type { RequestRecord } from '../../src/core/request/record';
import type { Intake } from '../../src/core/request/statement';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue, type MemoryQueue } from '../../src/jobs/queue/memory-queue';
import { conduct, sweep, type ConductParts } from '../../src/jobs/roles/conduct';
import type { DirectoryParts } from '../../src/jobs/roles/directory/parts';
import { serveDirectory } from '../../src/jobs/roles/directory/role';
import { steppedClock } from '../contract/ledger-suite';
import { fakeDirectory, type FakeDirectory } from './fake-directory';
import { approver, intake, modes, policy, signed, testKeys, times, everyRule } from './request-record';

/** Both workers on in-memory ports, one after the other, at a time that the test moves. */
export class Stage {
  readonly clock = steppedClock();
  readonly ledger: Ledger = openMemoryLedger(this.clock);
  readonly queue: MemoryQueue = openMemoryQueue(this.clock);
  readonly directory: FakeDirectory;
  /** What both workers read; a new worker reads it anew. */
  policy: typeof policy;
  times = times;
  modes = modes;
  id = '';
  /** What the KDC says of every power. */
  prove: DirectoryParts['proof']['prove'] = () => Promise.resolve('granted');
  /** Jobs that the directory worker has handled. */
  jobs = 0;
  #parts: DirectoryParts;
  #workers = 0;
  #asked = 0;

  constructor(rules: typeof policy = policy, directory: Parameters<typeof fakeDirectory>[1] = {}) {
    this.policy = rules;
    this.directory = fakeDirectory(() => this.clock.now(), directory);
    this.#parts = this.newWorker();
  }

  newWorker(): DirectoryParts {
    const server = { name: 'dc1', url: 'ldaps://127.0.0.1', tlsName: 'dc1' };
    const directory = {
      servers: [server],
      caFile: '',
      bindDn: '',
      passwordFile: '',
      baseDn: 'DC=mabofeng,DC=com',
      searchBases: ['OU=Hyper-V,DC=mabofeng,DC=com'],
      fileServerBases: [],
    };
    let drawn = 0;
    return {
      ledger: this.ledger,
      queue: this.queue,
      directory: this.directory,
      proof: { prove: (power) => this.prove(power) },
      verifier: testKeys().verifier,
      clock: this.clock,
      random: { hex: () => String((drawn += 1)) },
      // As in life, no two are alike.
      worker: `w${(this.#workers += 1)}`,
      settings: {
        policy: this.policy,
        times: this.times,
        modes: this.modes,
        tier0: { hosts: [], groups: [] },
        directory,
      },
      derived: new Map(),
      wrote: new Set(),
      down: new Map(),
    };
  }

  conductor(): ConductParts {
    const { ledger, queue, clock } = this;
    return { ledger, queue, clock, worker: 'c1', pace: this.times };
  }

  replaceWorker(): void {
    this.#parts = this.newWorker();
  }

  async start(): Promise<void> {
    const role = this.conductor();
    await this.queue.handle('conduct', (job) => conduct(role, job));
    await this.queue.handle('reports', () => Promise.resolve({ kind: 'over' }));
    await this.queue.handle('directory', (job: Job) => {
      this.jobs += 1;
      return serveDirectory(this.#parts, job);
    });
  }

  /** What the sweeper does every two seconds. */
  async tick(): Promise<void> {
    await this.clock.pass(2_000);
    await sweep(this.conductor(), (error) => {
      throw error;
    });
    await this.queue.settle();
  }

  async ask(command?: string, parent?: RequestRecord): Promise<RequestRecord> {
    const said: Partial<Intake> = {
      ...(command !== undefined && { command }),
      ...(parent && { of: parent.id }),
    };
    // The first request has the usual id; each further one an id of its own.
    const own: Partial<Intake> = this.#asked === 0 ? {} : { id: String(this.#asked).padStart(32, '0') };
    const key = `k${this.#asked}`;
    this.#asked += 1;
    const asked = signed(intake({ at: this.clock.now(), ...own, ...said }));
    const of = parent ? { id: parent.id, label: parent.label } : null;
    const { record } = await this.ledger.recordIntake(asked, { key, card: { channel: 'C1' }, parent: of });
    this.id = record.id;
    await this.tick();
    return this.record();
  }

  async record(): Promise<RequestRecord> {
    const record = await this.ledger.read(this.id);
    if (!record) throw new Error('the request is gone');
    return record;
  }

  async decide(by = approver, state: 'approved' | 'waiting' = 'approved'): Promise<void> {
    const record = await this.record();
    if (!record.plan) throw new Error('there is no plan');
    const settings = { policy: this.policy, times: this.times };
    const votesFor = everyRule(this.policy, record.plan);
    const said = { verdict: 'approve' as const, votesFor, by, reason: '', now: this.clock.now(), settings };
    const decisions = [...record.decisions, signed(writeDecision(record, record.plan, said))];
    await this.edit({ state, decisions });
  }

  /** Changes the record as the bot, or a thief, would. */
  async edit(change: Parameters<Ledger['commit']>[1]): Promise<void> {
    const entry = { what: 'test', who: 'test', at: this.clock.now(), detail: {} };
    if (!(await this.ledger.commit(await this.record(), change, entry)))
      throw new Error('somebody was first');
  }

  async audit(): Promise<string[]> {
    return (await this.ledger.audit(this.id)).map((entry) => entry.what);
  }
}

/** A stage on which a request has been approved. */
export async function approved(rules = policy, command?: string): Promise<Stage> {
  const stage = new Stage(rules);
  await stage.start();
  await stage.ask(command);
  await stage.decide();
  return stage;
}
