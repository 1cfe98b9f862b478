/** Bytes of a gibibyte: Hyper-V and Windows mean these by GB. */
export const GB = 1024 ** 3;

/** A host of the fabric as it is set up. Names are short; everything is what the real properties of `Get-VMHost` and WMI stand for. */
export interface FabricHost {
  readonly name: string;
  readonly fqdn: string;
  /** The domain controller that it asks for tickets. */
  readonly controller: string;
  readonly memoryBytes: number;
  /** Kept by Windows itself. */
  readonly reservedBytes: number;
  readonly processors: number;
  readonly vendor: 'intel' | 'amd';
  readonly windows: { readonly name: '2016' | '2019' | '2022' | '2025'; readonly build: number };
  /** Configuration versions that it can run. */
  readonly versions: readonly string[];
  readonly credentialGuard: boolean;
  /** Services of others that balance hosts, and run. */
  readonly balancers: readonly ('SCVMMAgent' | 'ClusSvc')[];
  readonly switches: readonly string[];
  /** Local volumes by name, with what they hold beside the machines, and how fast one is copied from or to. */
  readonly disks: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly usedBytes: number;
    readonly bytesPerMs: number;
  }[];
  /** Where a new machine is kept unless it is said otherwise. */
  readonly machinePath: string;
  readonly networks: readonly {
    readonly subnet: string;
    readonly bytesPerMs: number;
    readonly encrypted: boolean;
  }[];
  readonly migration: Migration;
  readonly isUp: boolean;
  /** Milliseconds since 1970 by the fabric's clock. */
  readonly bootedAt: number;
  readonly vmms: 'running' | 'stopped';
}

/** What `Set-VMHost`, `Enable-VMMigration` and `Add-VMMigrationNetwork` set. */
interface Migration {
  readonly enabled: boolean;
  readonly auth: 'credssp' | 'kerberos';
  readonly transport: 'tcpip' | 'compression' | 'smb';
  /** Live migrations and storage moves at a time, in and out together. */
  readonly most: number;
  readonly mostStorage: number;
  readonly anyNetwork: boolean;
  readonly networks: readonly { readonly subnet: string; readonly priority: number }[];
}

/** A machine and where it runs. */
export interface FabricMachine {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly state: 'running' | 'off' | 'saved' | 'paused';
  readonly memory: {
    readonly startupBytes: number;
    readonly assignedBytes: number;
    readonly demandBytes: number;
    readonly isDynamic: boolean;
  };
  readonly processors: number;
  /** Of its processors, 0 to 1. */
  readonly load: number;
  /** How much more than its memory goes over the link, because pages change meanwhile: 0.3 for three tenths. */
  readonly dirty: number;
  readonly version: string;
  readonly disks: readonly FabricDisk[];
  readonly iso: string | null;
  readonly tpm: boolean;
  readonly switch: string | null;
  readonly addresses: readonly string[];
  readonly checkpoints: number;
  readonly notes: string;
  readonly isClustered: boolean;
  readonly startedAt: number;
  readonly heartbeat: 'ok' | 'lost' | 'none';
  /** On its way to be off or saved, and when it is; absent: it is not. */
  readonly ending?: { readonly state: 'off' | 'saved'; readonly at: number };
}

/** A disk of a machine: a file on its host, a file on a share, or a disk of the host itself. */
export interface FabricDisk {
  readonly path: string;
  readonly bytes: number;
  readonly kind: 'local' | 'smb' | 'pass-through';
}

/** Where files of a machine go: `-DestinationStoragePath`, which takes all of them, or `-Vhds`, which names those that go. */
export interface StorageTo {
  readonly path: string;
  readonly only: readonly string[] | null;
}

/** A move that is looked at. From a host to itself only the storage moves. */
export interface Wanted {
  readonly machine: FabricMachine;
  readonly from: FabricHost;
  readonly to: FabricHost;
  readonly storage: StorageTo | null;
}

/** What else goes on, as far as it counts. */
export interface Around {
  readonly machines: readonly FabricMachine[];
  readonly moves: readonly FabricMove[];
  readonly copies: readonly FabricCopy[];
}

/** What can go wrong with a move that Windows has begun. */
export const moveFaults = ['hangs', 'halfway', 'reply-lost', 'both-sides', 'unreachable'] as const;
export type MoveFault = (typeof moveFaults)[number];

/** A move as the host knows it: `Msvm_MigrationJob`. */
export interface FabricMove {
  readonly id: string;
  readonly machine: string;
  readonly from: string;
  readonly to: string;
  /** `storage`: its disks move, and the machine stays at its host. */
  readonly kind: 'live' | 'storage' | 'cold';
  readonly storage: StorageTo | null;
  readonly startedAt: number;
  readonly totalBytes: number;
  readonly leftBytes: number;
  readonly state: 'running' | 'done' | 'failed';
  readonly endedAt: number | null;
  readonly error: WindowsError | null;
  /** What is going to go wrong with it. */
  readonly fault: MoveFault | null;
}

/** What a broken move has left at its destination: the machine once more and switched off, or only half made, which `Get-VM` does not show. */
export interface FabricCopy {
  readonly machine: string;
  readonly host: string;
  readonly kind: 'registered' | 'planned';
}

/** What Windows says when it refuses: code, event and text as in the documentation. */
export interface WindowsError {
  /** `0x8009030E`, or the number of an event such as 21501. */
  readonly code: string;
  readonly message: string;
}
