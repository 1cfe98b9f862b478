import type { HostFacts } from '../../src/core/hyperv-port';
import { freeMemory } from './blockers';
import type { Fabric } from './fabric';
import type { FabricHost, FabricMove } from './model';
import { movesShownAt, percentOf, plannedAt, pulseOf } from './readings';
import { freeDisk } from './storage';

interface Place {
  readonly world: ReturnType<Fabric['at']>;
  readonly host: FabricHost;
}

/** Instances of classes that are there as soon as Windows is; null: it is none of these. */
export function windowsInstancesOf(name: string, { world, host }: Place): readonly object[] | null {
  const { hasManagement, listens } = pulseOf(host);
  switch (name) {
    case 'Win32_OperatingSystem': {
      const { name: year, build } = host.windows;
      const LastBootUpTime = new Date(host.bootedAt).toISOString();
      const FreePhysicalMemory = freeMemory(host, world) / 1024;
      const Caption = `Microsoft Windows Server ${year}`;
      return [{ Caption, BuildNumber: `${build}`, FreePhysicalMemory, LastBootUpTime }];
    }
    case 'Win32_Service':
      return [
        { Name: 'vmms', State: hasManagement ? 'Running' : 'Stopped' },
        // Installed, and not started, is no balancer.
        { Name: 'Spooler', State: 'Running' },
        ...(['ClusSvc', 'SCVMMAgent'] as const).map((Name) => ({
          Name,
          State: host.balancers.includes(Name) ? 'Running' : 'Stopped',
        })),
      ];
    case 'MSFT_NetTCPConnection':
      return listens ? [{ LocalPort: 6600, State: 2 }] : [];
    default:
      return null;
  }
}

/** Instances of the other classes that Handover reads at a host, by their documented properties. */
export function instancesOf(
  name: string,
  { world, host, facts }: Place & { readonly facts: HostFacts },
): readonly object[] {
  switch (name) {
    case 'Win32_Processor':
      return [{ Manufacturer: facts.vendor, LoadPercentage: facts.load }];
    case 'Win32_Volume':
      return host.disks.map(({ path, bytes }) => ({
        Name: path,
        Capacity: bytes,
        FreeSpace: freeDisk(host, world, path),
      }));
    case 'MSFT_NetRoute':
      return [
        ...host.networks.map(({ subnet }, at) => ({
          DestinationPrefix: subnet,
          NextHop: '0.0.0.0',
          InterfaceIndex: at + 1,
        })),
        { DestinationPrefix: '0.0.0.0/0', NextHop: '10.0.1.1', InterfaceIndex: 2 },
        { DestinationPrefix: '224.0.0.0/4', NextHop: '0.0.0.0', InterfaceIndex: 1 },
      ];
    case 'MSFT_NetAdapter':
      return host.networks.map(({ bytesPerMs }, at) => ({
        InterfaceIndex: at + 1,
        Speed: bytesPerMs * 8_000,
      }));
    case 'Win32_DeviceGuard':
      return [{ SecurityServicesRunning: host.credentialGuard ? [1] : [0] }];
    case 'Msvm_PlannedComputerSystem':
      return plannedAt(host.name, world).map(({ id, name: ElementName }) => ({
        Name: id.toUpperCase(),
        ElementName,
      }));
    case 'Msvm_VirtualSystemManagementService':
      return [{ CreationClassName: name, SystemName: host.name }];
    case 'Msvm_MigrationJob':
      return movesShownAt(host.name, world, world.now).map(jobOf);
    default:
      return [];
  }
}

/** MigrationType 32768 is a machine's, 32769 its storage's, 32771 both. */
function jobOf(move: FabricMove): object {
  const { id, machine, to, kind, storage, startedAt, state, error } = move;
  return {
    InstanceID: id,
    VirtualSystemName: machine.toUpperCase(),
    // A move of storage has no destination but the host itself.
    DestinationHost: kind === 'storage' ? '' : to,
    MigrationType: kind === 'storage' ? 32_769 : storage ? 32_771 : 32_768,
    StartTime: new Date(startedAt).toISOString(),
    PercentComplete: percentOf(move),
    // CIM_ConcreteJob: 4 running, 7 completed, 10 exception.
    JobState: { running: 4, done: 7, failed: 10 }[state],
    // Of sixteen bits: codes from below stand in the text alone.
    ErrorCode: error === null ? 0 : /^\d+$/.test(error.code) ? Number(error.code) : 32_768,
    ErrorDescription: error?.message ?? '',
  };
}
