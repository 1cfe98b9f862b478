import { Fabric } from '../../lab/hyperv/fabric';
import { openFabricClock } from '../../lab/hyperv/fabric-clock';
import { practiceFabric } from '../../lab/hyperv/practice-fabric';

/** A move of four gigabytes takes four seconds; here a twentieth of that. */
const SCALE = 20;

/** A practice fabric with the KDC's answers in a test's hand. */
export function openFabric() {
  let isGranted = true;
  const clock = openFabricClock(SCALE, Date.now);
  const fabric = new Fabric({ ...practiceFabric(clock.now()), now: clock.now() }, () =>
    Promise.resolve(isGranted),
  );
  const fail = (machine: string): void => {
    const move = fabric.at(clock.now()).moves.find((each) => each.machine === machine);
    fabric.fail(move?.id ?? '', clock.now());
  };
  const spoil = fabric.spoil.bind(fabric);
  const crash = (host: string): void => fabric.crash(host, clock.now());
  const boot = (host: string, vmms: 'running' | 'stopped'): void => fabric.boot(host, vmms, clock.now());
  return { fabric, clock, fail, spoil, crash, boot, grant: (now: boolean) => void (isGranted = now) };
}
