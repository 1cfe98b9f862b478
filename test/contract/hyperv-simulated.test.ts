import { simulatedHyperV } from '../../lab/hyperv/simulated-hyperv';
import { openFabric } from './hyperv-fabric';
import type { HyperVStage } from './hyperv-stage';
import { hyperVSuite } from './hyperv-suite';

hyperVSuite('the fabric in this process', () => {
  const { fabric, clock, ...hands } = openFabric();
  const hyperV = simulatedHyperV(fabric, clock);
  return Promise.resolve<HyperVStage>({ hyperV, ...hands, stop: () => hyperV.close() });
});
