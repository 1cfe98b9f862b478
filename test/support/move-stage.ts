import type { Fabric } from '../../lab/hyperv/fabric';
import { GB, type FabricMachine } from '../../lab/hyperv/model';
import type { HyperV } from '../../src/core/hyperv-port';
import type { MoveStep } from '../../src/core/moves/move-step';
import type { Modes, Policy, Times } from '../../src/core/settings';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { startDirectory, type Worker } from '../../src/jobs/worker';
import { fabricAt } from './fabric';
import { fakeDirectory, type FakeDirectory } from './fake-directory';
import { HostStage } from './host-stage';
import { approver, modes, testKeys, times } from './request-record';

const rule = { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 };

/** Everybody may ask, and the approver approves. */
export const MOVE_POLICY: Policy = {
  'live-move': rule,
  'storage-move': rule,
  'delegation-add': rule,
  'trust-mode': rule,
  'host-setting': rule,
  shutdown: rule,
};

/** A stage with the practice fabric, whose KDC goes by a directory in memory, and a worker for each role. */
export class MoveStage extends HostStage {
  readonly directory: FakeDirectory;
  readonly fabric: Fabric;
  readonly hyperV: HyperV;
  override readonly hosts = ['hyper-v01', 'hyper-v02', 'hyper-v03'];
  /** What the workers read as their own policy. */
  ownRules: Policy;
  #directoryWorker: Worker | null = null;

  /** `more`: hosts of the practice fabric that Handover knows beside the three. */
  constructor(
    policy: Policy = MOVE_POLICY,
    {
      more = [],
      ...changes
    }: Omit<Parameters<typeof fabricAt>[1] & object, 'ask'> & { readonly more?: readonly string[] } = {},
    own: Partial<Times> = {},
  ) {
    super(policy, own);
    this.ownRules = policy;
    this.directory = fakeDirectory(() => this.clock.now(), { more });
    this.hosts.push(...more);
    const made = fabricAt(() => this.clock.now(), {
      ...changes,
      ask: ({ source, destination, service }) =>
        Promise.resolve(this.directory.delegates(source, destination, service)),
    });
    ({ fabric: this.fabric, hyperV: this.hyperV } = made);
  }

  /** Starts all three roles; `around` may break the port. */
  async begin(around: (hyperV: HyperV) => HyperV = (hyperV) => hyperV): Promise<this> {
    await this.startDirectory();
    await this.work(around(this.hyperV), this.ownRules);
    return this;
  }

  /** Starts roles in place of those of a process that was killed. */
  async takeOver(around: (hyperV: HyperV) => HyperV): Promise<void> {
    this.abandon();
    await this.work(around(this.hyperV), this.ownRules);
  }

  /** Lets hosts delegate to each other, as if it had been so for long. */
  delegate(...pairs: readonly (readonly [string, string])[]): void {
    for (const pair of pairs) this.directory.delegate(...pair);
  }

  /** Notes of every host what it is like now, for the last quarter of an hour. */
  async sampled(): Promise<void> {
    for (const { host, facts } of await this.hyperV.inventory(this.hosts)) {
      if (!facts) continue;
      const { free, total } = facts.memory;
      for (let minute = 15; minute > 0; minute -= 1) {
        const at = this.clock.now() - minute * 60_000 + 1_000;
        await this.ledger.noteLoad(host, { at, load: Math.round(facts.load), free, total });
      }
    }
  }

  /** Lets every host delegate to all others, as if it had been so for long. */
  delegateAll(): void {
    for (const from of this.hosts) {
      this.directory.delegate(from, ...this.hosts.filter((host) => host !== from));
    }
  }

  /** Names of the machines that the fabric has on a host. */
  machinesOn(host: string): readonly string[] {
    const { machines } = this.fabric.at(this.clock.now());
    const own = machines.filter((machine) => machine.host === host);
    return own.map(({ name }) => name).toSorted();
  }

  /** Adds a machine like another one to the fabric, with this much memory and disks of its own. */
  add(name: string, { like, gigabytes, host }: { like: string; gigabytes: number; host: string }): void {
    const { machines } = this.fabric.at(this.clock.now());
    const found = machines.find((machine) => machine.name === like);
    if (!found) throw new Error(`the fabric has no ${like}`);
    const bytes = gigabytes * GB;
    this.fabric.add({
      ...found,
      id: `f${String(machines.length).padStart(7, '0')}-4a7b-4c1d-9e2f-7a6b5c4d3e2f`,
      name,
      host,
      memory: { ...found.memory, startupBytes: bytes, assignedBytes: bytes, demandBytes: bytes * 0.75 },
      disks: found.disks.map((disk) => ({ ...disk, path: disk.path.replace(like, name) })),
    });
  }

  /** A machine as the fabric has it now, by name. */
  machine(name: string): FabricMachine {
    const found = this.fabric.at(this.clock.now()).machines.find((machine) => machine.name === name);
    if (!found) throw new Error(`the fabric has no machine ${name}`);
    return found;
  }

  /** Where the fabric has a machine, by name. */
  hostOf(name: string): string | undefined {
    return this.fabric.at(this.clock.now()).machines.find((machine) => machine.name === name)?.host;
  }

  async move(name: string): Promise<MoveStep | undefined> {
    return (await this.record()).moves.find((step) => step.name === name);
  }

  async audited(): Promise<readonly string[]> {
    return (await this.ledger.audit(this.id)).map(({ what }) => what);
  }

  /** Starts all roles again, with other modes. */
  async observe(modes: Partial<Modes>): Promise<void> {
    this.ownModes = modes;
    await this.#directoryWorker?.stop();
    await this.rest();
    await this.begin();
  }

  override async stop(): Promise<void> {
    await this.#directoryWorker?.stop();
    await super.stop();
  }

  private async startDirectory(): Promise<void> {
    const { ledger, queue, clock } = this;
    const server = { name: 'dc1', url: 'ldaps://127.0.0.1', tlsName: 'dc1' };
    const searchBases = ['OU=Hyper-V,DC=mabofeng,DC=com'];
    this.#directoryWorker = await startDirectory({
      ledger,
      queue,
      clock,
      random: systemRandom,
      log: { info: () => undefined, error: () => undefined },
      directory: this.directory,
      proof: { prove: () => Promise.resolve('granted') },
      verifier: testKeys().verifier,
      settings: {
        policy: this.ownRules,
        times,
        modes: { ...modes, ...this.ownModes },
        tier0: { hosts: [], groups: [] },
        directory: {
          servers: [server],
          caFile: '',
          bindDn: '',
          passwordFile: '',
          baseDn: 'DC=mabofeng,DC=com',
          searchBases,
          fileServerBases: [],
        },
      },
    });
  }
}
