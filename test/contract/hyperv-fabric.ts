import { randomUUID } from 'node:crypto';
import { Fabric } from '../../lab/hyperv/fabric';
import { openFabricClock } from '../../lab/hyperv/fabric-clock';
import { GB, type FabricDisk, type FabricMachine } from '../../lab/hyperv/model';
import { practiceFabric } from '../../lab/hyperv/practice-fabric';
import { SHARE } from '../../lab/hyperv/storage';
import type { HostFacts } from '../../src/core/hyperv-port';

/** A move of four gigabytes takes four seconds; here a twentieth of that. */
const SCALE = 20;

/** Machines with files that are copied in a moment: the practice fabric's own are as large as real ones. */
function smallOnes([like]: readonly FabricMachine[]): readonly FabricMachine[] {
  const disk = (path: string, kind: FabricDisk['kind']): FabricDisk => ({ path, bytes: 2 * GB, kind });
  const machine = (name: string, disks: readonly FabricDisk[]): readonly FabricMachine[] =>
    like ? [{ ...like, id: randomUUID(), name, host: 'hyper-v03', disks }] : [];
  return [
    ...machine('log-01', [disk('D:\\Hyper-V\\log-01.vhdx', 'local')]),
    ...machine('mix-01', [
      disk('D:\\Hyper-V\\mix-01.vhdx', 'local'),
      disk(`${SHARE}\\mix-01-data.vhdx`, 'smb'),
    ]),
  ];
}

/** A practice fabric with the KDC's answers in a test's hand. */
export function openFabric() {
  let isGranted = true;
  let passed = 0;
  const clock = openFabricClock(SCALE, () => Date.now() + passed / SCALE);
  const pass = (ms: number): void => void (passed += ms);
  const fabric = new Fabric({ ...practiceFabric(clock.now()), now: clock.now() }, () =>
    Promise.resolve(isGranted),
  );
  for (const machine of smallOnes(fabric.at(clock.now()).machines)) fabric.add(machine);
  const fail = (machine: string): void => {
    const move = fabric.at(clock.now()).moves.find((each) => each.machine === machine);
    fabric.fail(move?.id ?? '', clock.now());
  };
  const spoil = fabric.spoil.bind(fabric);
  const crash = (host: string): void => fabric.crash(host, clock.now());
  const boot = (host: string, vmms: 'running' | 'stopped'): void => fabric.boot(host, vmms, clock.now());
  const balance = (host: string, balancers: HostFacts['balancers']): void =>
    fabric.configure(host, { balancers });
  const grant = (now: boolean): void => void (isGranted = now);
  const letPurge = fabric.denials.letPurge.bind(fabric.denials);
  return { fabric, clock, fail, spoil, crash, boot, balance, grant, letPurge, pass };
}
