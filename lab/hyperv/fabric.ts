import { incompatibilities, refuseSlot } from './blockers';
import { Denials } from './denials';
import type {
  FabricCopy,
  FabricHost,
  FabricMachine,
  FabricMove,
  MoveFault,
  StorageTo,
  Wanted,
  WindowsError,
} from './model';
import { arrived, brokenOf, endOf, faultOfName, stopsAt } from './move-faults';
import { settled, told, type Told } from './power';
import { refuseSignIn, type AskKdc } from './sign-in';
import { bytesToGo, linksOf, speedOf } from './storage';
import { passTime } from './transfers';

/** An order to move a machine, as `Move-VM` gives it; to where it is already, `Move-VMStorage`. */
export interface Order {
  readonly id: string;
  readonly machine: string;
  readonly to: string;
  readonly storage: StorageTo | null;
  /** Whether somebody is logged on at the source itself: CredSSP works from there alone. */
  readonly isLocal: boolean;
}

/**
 * Hosts, machines and moves of a practice fabric. Nothing happens by itself: whoever looks says what time it is by the fabric's
 * clock, and all that must have happened until then has happened.
 */
export class Fabric {
  readonly denials = new Denials();
  readonly #ask: AskKdc;
  #hosts: readonly FabricHost[];
  #machines: readonly FabricMachine[];
  #moves: readonly FabricMove[] = [];
  #copies: readonly FabricCopy[] = [];
  readonly #faults = new Map<string, MoveFault>();
  #now: number;

  constructor(
    given: { hosts: readonly FabricHost[]; machines: readonly FabricMachine[]; now: number },
    ask: AskKdc,
  ) {
    this.#hosts = given.hosts;
    this.#machines = given.machines;
    this.#now = given.now;
    this.#ask = ask;
  }

  /** How everything stands at that time, which is never before the last one that was asked about. */
  at(now: number) {
    this.#pass(now);
    return { now: this.#now, hosts: this.#hosts, ...this.#around() };
  }

  /** What `Compare-VM` finds, authentication first, since without it nothing else is seen. */
  async compare(order: Omit<Order, 'id'>, now: number): Promise<readonly WindowsError[]> {
    this.#pass(now);
    const wanted = this.#wanted(order);
    // Files of one host move without a sign-in at another one.
    const isAtHome = wanted.from.name === wanted.to.name;
    const desk = { ask: this.#ask, denials: this.denials };
    const refused = isAtHome
      ? null
      : await refuseSignIn(desk, { ...wanted, isLocal: order.isLocal, now: this.#now });
    return refused ? [refused] : incompatibilities(wanted, this.#around());
  }

  /** Begins a move, or gives Windows' error. */
  async start(order: Order, now: number): Promise<FabricMove | WindowsError> {
    const [error] = await this.compare(order, now);
    if (error) return error;
    // Looked at after the KDC has answered: another move may have come first.
    const wanted = this.#wanted(order);
    const full = refuseSlot(wanted, this.#around());
    if (full) return full;
    const { machine, from, to, storage } = wanted;
    const kind = from.name === to.name ? 'storage' : machine.state === 'running' ? 'live' : 'cold';
    const memory = kind === 'live' ? machine.memory.assignedBytes * (1 + machine.dirty) : 0;
    const totalBytes = Math.max(1, Math.round(memory + bytesToGo(machine, storage)));
    const move: FabricMove = {
      id: order.id,
      machine: machine.id,
      from: from.name,
      to: to.name,
      kind,
      storage,
      startedAt: this.#now,
      totalBytes,
      leftBytes: totalBytes,
      state: 'running',
      endedAt: null,
      error: null,
      fault: this.#faults.get(machine.id) ?? faultOfName(machine.name),
    };
    this.#faults.delete(machine.id);
    this.#moves = [...this.#moves, move];
    return move;
  }

  /** Tells a machine's host what to do with it. Gives the machine, or Windows' error. */
  tell(id: string, what: Told, now: number): FabricMachine | WindowsError {
    this.#pass(now);
    const machine = this.#machine(id);
    const place = { host: this.#host(machine.host), around: this.#around(), now: this.#now };
    const answer = told(machine, what, place);
    if ('code' in answer) return answer;
    this.#machines = this.#machines.map((each) => (each.id === id ? answer : each));
    return answer;
  }

  /** Breaks a running move: the machine goes on where it was. */
  fail(id: string, now: number): void {
    this.#pass(now);
    this.#break((move) => move.id === id);
  }

  /** Lets the next move of a machine go wrong. */
  spoil(machine: string, fault: MoveFault): void {
    this.#faults.set(this.#machine(machine).id, fault);
  }

  /** Ends a host: what moves to it or from it breaks, and nobody hears it any more. */
  crash(name: string, now: number): void {
    this.#pass(now);
    const coming = this.#moves.filter(
      ({ state, from, to }) => state === 'running' && to === name && from !== to,
    );
    // A destination that ends has no time to tidy up.
    this.#leave(coming, 'planned');
    this.#break(({ from, to }) => from === name || to === name);
    this.configure(name, { isUp: false });
  }

  /** Gives a host another build of Windows; null: it keeps its own. */
  update(name: string, build: number | null): void {
    const { windows } = this.#host(name);
    this.configure(name, { windows: { ...windows, build: build ?? windows.build } });
  }

  /** Lets a host come up; its machines start anew if its Virtual Machine Management service does. */
  boot(name: string, vmms: FabricHost['vmms'], now: number): void {
    this.#pass(now);
    this.configure(name, { isUp: true, bootedAt: this.#now, vmms });
    this.#machines = this.#machines.map((machine) =>
      machine.host === name && machine.state === 'running' ? { ...machine, startedAt: this.#now } : machine,
    );
  }

  /** Takes away what a broken move has left at a host, as `Remove-VM` does there; of one kind alone if that is said. */
  removeCopy(machine: string, host: string, kind: FabricCopy['kind'] | null = null): void {
    const isMeant = (copy: FabricCopy): boolean =>
      copy.machine === machine && copy.host === host && (kind === null || copy.kind === kind);
    this.#copies = this.#copies.filter((copy) => !isMeant(copy));
  }

  /** Takes what is in its drive out of a machine. */
  eject(machine: string): void {
    const { id } = this.#machine(machine);
    this.#machines = this.#machines.map((each) => (each.id === id ? { ...each, iso: null } : each));
  }

  /** One more machine. */
  add(machine: FabricMachine): void {
    this.#machines = [...this.#machines, machine];
  }

  /** Changes how a host is set up. */
  configure(name: string, change: Partial<FabricHost>): void {
    this.#hosts = this.#hosts.map((host) => (host.name === name ? { ...host, ...change } : host));
  }

  #pass(now: number): void {
    const to = Math.max(now, this.#now);
    // A move that hangs is running, and takes nothing of the link.
    const going = this.#moves.filter((move) => move.state === 'running' && move.leftBytes > stopsAt(move));
    const transfers = going.map((move) => ({
      id: move.id,
      links: linksOf(move, this.#machine(move.machine), this.#hosts),
      left: move.leftBytes - stopsAt(move),
    }));
    const stretch = passTime(transfers, { from: this.#now, to }, (link) => speedOf(link, this.#hosts));
    const left = new Map(stretch.transfers.map((each) => [each.id, each.left]));
    const ended = new Map(stretch.ended.map((each) => [each.id, each.at]));
    this.#now = to;
    this.#moves = this.#moves.map((move) => {
      const endedAt = ended.get(move.id);
      if (endedAt !== undefined) return endOf(move, this.#machine(move.machine).name, endedAt);
      const more = left.get(move.id);
      return more === undefined ? move : { ...move, leftBytes: more + stopsAt(move) };
    });
    const over = this.#moves.filter(({ id }) => ended.has(id));
    this.#machines = this.#machines.map((each) => {
      const machine = settled(each, to);
      const move = over.find((each) => each.machine === machine.id && each.state === 'done');
      return move ? arrived(machine, move) : machine;
    });
    const torn = over.filter(({ fault, kind }) => fault === 'both-sides' && kind !== 'storage');
    this.#leave(torn, 'registered');
  }

  #leave(moves: readonly FabricMove[], kind: FabricCopy['kind']): void {
    this.#copies = [...this.#copies, ...moves.map(({ machine, to: host }) => ({ machine, host, kind }))];
  }

  #break(isMeant: (move: FabricMove) => boolean): void {
    this.#moves = this.#moves.map((move) => {
      if (move.state !== 'running' || !isMeant(move)) return move;
      const error = brokenOf(move, this.#machine(move.machine).name);
      return { ...move, state: 'failed', endedAt: this.#now, error };
    });
  }

  #wanted({ machine: id, to, storage }: Pick<Order, 'machine' | 'to' | 'storage'>): Wanted {
    const machine = this.#machine(id);
    return { machine, from: this.#host(machine.host), to: this.#host(to), storage };
  }

  #around() {
    return { machines: this.#machines, moves: this.#moves, copies: this.#copies };
  }

  #host(name: string): FabricHost {
    const host = this.#hosts.find((each) => each.name === name);
    if (!host) throw new Error(`the fabric has no host ${name}`);
    return host;
  }

  #machine(id: string): FabricMachine {
    const machine = this.#machines.find((each) => each.id === id);
    if (!machine) throw new Error(`the fabric has no machine ${id}`);
    return machine;
  }
}
