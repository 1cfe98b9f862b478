/** How a host moves machines: `Get-VMHost` and `Get-VMMigrationNetwork`. */
interface MigrationSettings {
  readonly enabled: boolean;
  readonly auth: 'credssp' | 'kerberos';
  readonly transport: 'tcpip' | 'compression' | 'smb';
  /** Live migrations and storage moves at a time. */
  readonly most: number;
  readonly mostStorage: number;
  readonly anyNetwork: boolean;
  /** Subnets as they are set, `10.0.5.0/24`, the preferred one first. */
  readonly networks: readonly string[];
}

/** A disk of a machine. Bytes are what its file takes; `physical` is a disk of the host itself. */
interface MachineDisk {
  readonly path: string;
  readonly bytes: number;
  readonly kind: 'local' | 'smb' | 'physical';
}

/** A machine as its host shows it. Memory in bytes; load in percent of its processors. */
export interface MachineReading {
  /** `Get-VM`'s Id, lower case. The one thing about a machine that never changes. */
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'off' | 'saved' | 'paused' | 'other';
  readonly memory: {
    readonly startup: number;
    readonly assigned: number;
    readonly demand: number;
  };
  readonly processors: number;
  readonly load: number;
  readonly version: string;
  readonly uptimeMs: number;
  readonly heartbeat: 'ok' | 'lost' | 'none';
  readonly disks: readonly MachineDisk[];
  /** Path of an ISO, or the name of a drive of the host. */
  readonly dvd: string | null;
  readonly tpm: boolean;
  readonly switches: readonly (string | null)[];
  readonly addresses: readonly string[];
  readonly checkpoints: number;
  readonly notes: string;
  readonly isClustered: boolean;
  /** A move or a backup of it is under way. */
  readonly isBusy: boolean;
}

/** What a host says of itself. Memory and disks in bytes, load in percent of its processors, times in milliseconds since 1970. */
export interface HostFacts {
  readonly fqdn: string;
  readonly windows: { readonly caption: string; readonly build: number };
  readonly bootedAt: number;
  readonly memory: { readonly total: number; readonly free: number };
  readonly processors: number;
  readonly vendor: string;
  readonly load: number;
  readonly versions: readonly string[];
  readonly switches: readonly string[];
  /** Volumes by name (`Win32_Volume`); which of them holds a path is said by `volumeOf`. */
  readonly disks: readonly { readonly path: string; readonly total: number; readonly free: number }[];
  readonly credentialGuard: boolean;
  /** Services that run there (`Win32_Service`) and tell that something else balances the host, too. */
  readonly balancers: readonly ('SCVMMAgent' | 'ClusSvc')[];
  /** Where a new machine and its disks are kept unless it is said otherwise: `VirtualMachinePath` and `VirtualHardDiskPath`. */
  readonly paths: { readonly machines: string; readonly disks: string };
  /** Subnets that it has an address in: its routes on-link. */
  readonly subnets: readonly string[];
  /**
   * How fast the adapter of a subnet says that it is, in bits per second (`MSFT_NetAdapter.Speed`, joined by `MSFT_NetRoute`): of an adapter
   * for virtual machines' switches that is what the switch claims. Null: it says nothing.
   */
  readonly links: readonly { readonly subnet: string; readonly bitsPerSecond: number | null }[];
  readonly migration: MigrationSettings;
  /** What `Get-VM` gives. What a broken move has left here may be among them: the same id as at another host, and off. */
  readonly machines: readonly MachineReading[];
  /**
   * Half-made machines (`Msvm_PlannedComputerSystem`), which `Get-VM` does not give: of a move that is coming in, or left by one that broke.
   * Ids as in `machines`. Where a machine is, and what is only a copy, is said by `whereIs`.
   */
  readonly planned: readonly { readonly id: string; readonly name: string }[];
}

/** What a host says of itself that has just come up, though nothing of Hyper-V may run there yet. */
export interface HostPulse {
  readonly build: number;
  readonly bootedAt: number;
  /** Whether the Virtual Machine Management service runs. */
  readonly hasManagement: boolean;
  /** Whether it listens for live migrations, on TCP 6600. */
  readonly listens: boolean;
}

/** A host whose pulse was felt, or why nothing was heard. */
export type PulseReading =
  | { readonly host: string; readonly at: number; readonly pulse: HostPulse; readonly silent: null }
  | { readonly host: string; readonly at: number; readonly pulse: null; readonly silent: WindowsFailure };

/** A host that was asked: what it says, or why nothing was heard. */
export type HostReading =
  | { readonly host: string; readonly at: number; readonly facts: HostFacts; readonly silent: null }
  | { readonly host: string; readonly at: number; readonly facts: null; readonly silent: WindowsFailure };

/** What Windows said: its code as in the documentation (`0x8009030E`, or an event such as 21501), and its text. */
export interface WindowsFailure {
  readonly code: string;
  readonly message: string;
}

/** A move that is wanted. Hosts by short name. From a host to itself only the files of the machine move (`Move-VMStorage`). */
export interface MoveOrder {
  /** Of the machine. */
  readonly machine: string;
  readonly from: string;
  readonly to: string;
  /**
   * The folder that files go to; Windows makes one called `Virtual Hard Disks` in it. To another host its local disks go along, and null
   * says that none do, because all are on a share. Within a host all its files go, from a share too, and null is an error.
   */
  readonly storage: string | null;
}

/** One thing that a host is told to do with a machine that is on it. */
export interface MachineOrder {
  readonly machine: string;
  readonly host: string;
  /**
   * `eject`: what is in its drives. `shut-down`: by its guest, and never switched off. `start`: it is off or saved, and goes on.
   */
  readonly what: 'eject' | 'shut-down' | 'save' | 'start';
}

/** A move as Windows shows it (`Msvm_MigrationJob`), running or over. Hosts by short name; a move of storage is from a host to itself. */
export interface MoveReading {
  /** Of the job: two moves of one machine are told apart by it. */
  readonly id: string;
  readonly machine: string;
  /** Null: it was read at its destination, which does not show from where it comes. */
  readonly from: string | null;
  readonly to: string;
  /** Milliseconds since 1970 by the host's clock; null: not shown. */
  readonly startedAt: number | null;
  readonly percent: number;
  readonly state: 'running' | 'done' | 'failed';
  readonly failure: WindowsFailure | null;
}

/** A host that was asked for its moves: what it shows, or why nothing was heard. */
export type MovesReading =
  | {
      readonly host: string;
      readonly at: number;
      readonly moves: readonly MoveReading[];
      readonly silent: null;
    }
  | { readonly host: string; readonly at: number; readonly moves: null; readonly silent: WindowsFailure };

/**
 * Hyper-V hosts, from a Windows worker. All methods throw Fault. What a call that is not answered has done is not known: both
 * hosts are read, by the machine's id, before anything else.
 */
export interface HyperV {
  /** Reads hosts side by side; one that does not answer keeps nobody waiting. */
  inventory(hosts: readonly string[]): Promise<readonly HostReading[]>;
  /** Feels the pulse of hosts side by side: it needs Windows alone. */
  pulse(hosts: readonly string[]): Promise<readonly PulseReading[]>;
  /** Sets exactly these things of a host. */
  configure(host: string, change: Partial<MigrationSettings>): Promise<void>;
  /**
   * What would keep a machine from moving, without moving it; the same sign-in as the move itself. Empty: nothing. Within a host: whether
   * the path's volume is there (0x80070003) and has room (0x80070070).
   */
  compare(order: MoveOrder): Promise<readonly WindowsFailure[]>;
  /**
   * Begins a move and does not wait for it. 'begun', also when it has failed by now: `moves` tells how; or what Windows said at once. A Fault
   * with retry 'later' says that nothing was ordered, with 'unknown' that nobody knows.
   */
  start(order: MoveOrder): Promise<'begun' | WindowsFailure>;
  /**
   * Tells a host what to do with a machine, and does not wait until it is so: `inventory` shows that. 'told', or what Windows said at once. A
   * Fault with retry 'later' says that nothing was told, with 'unknown' that nobody knows.
   */
  tell(order: MachineOrder): Promise<'told' | WindowsFailure>;
  /**
   * Moves that each of these hosts shows, side by side, and those that ended within the last five minutes: then Windows forgets them
   * (`TimeBeforeRemoval`). Ask both ends: the source shows a move, the destination may. That no move is shown says nothing about
   * where the machine is.
   */
  moves(hosts: readonly string[]): Promise<readonly MovesReading[]>;
  /** Lets a host forget the KDC's refusals (`klist purge -li 0x3e7`). */
  purge(host: string): Promise<void>;
  close(): Promise<void>;
}
