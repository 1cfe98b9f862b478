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
  /** Where machines are kept. */
  readonly disks: readonly { readonly path: string; readonly total: number; readonly free: number }[];
  readonly credentialGuard: boolean;
  /** Subnets that it has an address in: its routes on-link. */
  readonly subnets: readonly string[];
  readonly migration: MigrationSettings;
  readonly machines: readonly MachineReading[];
}

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

/** A move as Windows shows it (`Msvm_MigrationJob`), running or over. */
export interface MoveReading {
  readonly machine: string;
  readonly from: string;
  readonly to: string;
  readonly percent: number;
  readonly state: 'running' | 'done' | 'failed';
  readonly failure: WindowsFailure | null;
}

/**
 * Hyper-V hosts, from a Windows worker. All methods throw Fault. What a call that is not answered has done is not known: both
 * hosts are read, by the machine's id, before anything else.
 */
export interface HyperV {
  /** Reads hosts side by side; one that does not answer keeps nobody waiting. */
  inventory(hosts: readonly string[]): Promise<readonly HostReading[]>;
  /** Sets exactly these things of a host. */
  configure(host: string, change: Partial<MigrationSettings>): Promise<void>;
  /**
   * What would keep a machine from moving, without moving it; the same sign-in as the move itself. Empty: nothing. Within a host: whether
   * the path's volume is there (0x80070003) and has room (0x80070070).
   */
  compare(order: MoveOrder): Promise<readonly WindowsFailure[]>;
  /** Begins a move and does not wait for it. 'begun', or what Windows said at once. */
  start(order: MoveOrder): Promise<'begun' | WindowsFailure>;
  /** Moves that these hosts take part in, and those that ended lately. */
  moves(hosts: readonly string[]): Promise<readonly MoveReading[]>;
  /** Lets a host forget the KDC's refusals (`klist purge -li 0x3e7`). */
  purge(host: string): Promise<void>;
  close(): Promise<void>;
}
