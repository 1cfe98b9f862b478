import { createRequestClient, type RequestClient } from '../../src/jobs/client';
import { parseCommand } from '../../src/core/commands/parse';
import { isChange } from '../../src/core/commands/ask';
import type { HyperV } from '../../src/core/hyperv-port';
import type { Ledger, Queue, RecordChange } from '../../src/core/ports';
import { paceOf } from '../../src/core/request/next';
import type { RequestRecord } from '../../src/core/request/record';
import type { Modes, Policy, Settings, Times } from '../../src/core/settings';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { startConduct, startHyperV, type Worker } from '../../src/jobs/worker';
import { memoryClock } from './memory-clock';
import { planInPlace } from './plan-in-place';
import { approver, modes, NOW, planning, requester, testKeys, times } from './request-record';

const log = { info: () => undefined, error: () => undefined };
const rule = { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 };
const usual: Policy = { 'host-setting': rule };

/** A request about hosts from its command to its end: the real client and the real roles, with everything else in memory. */
export class HostStage {
  readonly clock = memoryClock(NOW);
  readonly ledger = openMemoryLedger(this.clock);
  readonly queue = openMemoryQueue(this.clock);
  readonly client: RequestClient;
  readonly #workers: Worker[] = [];
  /** Other modes than the usual ones. */
  ownModes: Partial<Modes> = {};
  /** What holds for machines, as the worker reads it. */
  machineRules: Settings['machines'] = [];
  readonly #policy: Policy;
  id = '';
  /** What the roles get that are started next: a test may put something before them. */
  ports: { readonly ledger: Ledger; readonly queue: Queue } = { ledger: this.ledger, queue: this.queue };
  /** Those that the worker is set up for. */
  protected readonly hosts: readonly string[] = ['hyper-v01', 'hyper-v02'];

  readonly #times: Times;

  constructor(policy: Policy = usual, own: Partial<Times> = {}) {
    this.#policy = policy;
    this.#times = { ...times, ...own };
    const { signer } = testKeys();
    const settings = { policy, times: this.#times };
    const { ledger, queue, clock } = this;
    this.client = createRequestClient({ ledger, queue, clock, random: systemRandom, signer, settings });
  }

  /** Starts the roles; the role hyperv with this port and, if said, a policy of its own. */
  async work(hyperV: HyperV, own = this.#policy, mode: Modes['host-setting'] = 'act'): Promise<void> {
    const { clock } = this;
    const parts = { ...this.ports, clock, random: systemRandom, log };
    const settings = { hosts: [...this.hosts], executable: '', shells: 1, sampleSeconds: 3_600 };
    const rules = {
      policy: own,
      times: this.#times,
      modes: { ...modes, 'host-setting': mode, ...this.ownModes },
      ...planning,
      machines: this.machineRules,
    };
    const { verifier } = testKeys();
    this.#workers.push(
      await startConduct({ ...parts, pace: paceOf(rules) }),
      await startHyperV({ ...parts, hyperV, planner: planInPlace, settings, verifier, rules }),
    );
  }

  async ask(text: string): Promise<RequestRecord> {
    const parsed = parseCommand('/hv', text);
    if (!parsed.ok || !isChange(parsed.ask)) throw new Error(`${text} asks for no change`);
    const asked = { ask: parsed.ask, by: requester, channel: 'C1', key: text, card: { channel: 'C1' } };
    const submitted = await this.client.submit(asked);
    if (submitted.kind === 'refused') throw new Error(submitted.problem.code);
    this.id = submitted.record.id;
    await this.clock.pass(10_000);
    return this.record();
  }

  /** Asks for the undo of the present request, as its button does; the undo is the present one from now on. */
  async undo(): Promise<RequestRecord> {
    const { label } = await this.record();
    const asked = { request: label, by: requester, channel: 'C1', key: `undo ${label}` };
    const submitted = await this.client.undo(asked);
    if (submitted.kind === 'refused') throw new Error(submitted.problem.code);
    this.id = submitted.record.id;
    await this.clock.pass(10_000);
    return this.record();
  }

  /** `ms`: how much time then passes. */
  async approve(ms = 20_000): Promise<RequestRecord> {
    const { plan, id } = await this.record();
    const { number = 0, fingerprint = '' } = plan ?? {};
    const click = { id, plan: number, fingerprint, by: approver, verdict: 'approve' as const, reason: '' };
    const answered = await this.client.decide(click);
    if (answered.kind === 'refused') throw new Error(answered.problem.code);
    await this.clock.pass(ms);
    return this.record();
  }

  async record(): Promise<RequestRecord> {
    const record = await this.ledger.read(this.id);
    if (!record) throw new Error('the request is gone');
    return record;
  }

  /** Changes the record as a thief would. */
  async edit(change: RecordChange): Promise<void> {
    const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
    await this.ledger.commit(await this.record(), change, entry);
  }

  /** Leaves the roles as they are, since those of a process that was killed never end; others may be started then. */
  abandon(): void {
    this.#workers.splice(0);
  }

  /** Ends the roles; others may be started then. */
  async rest(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop()));
  }

  async stop(): Promise<void> {
    await this.rest();
    await this.queue.close();
  }
}
