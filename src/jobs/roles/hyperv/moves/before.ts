import type { MachineReading } from '../../../../core/hyperv-port';
import type { MachineBefore, MoveStep } from '../../../../core/moves/move-step';
import type { Sight } from './sight';

/** A machine as it was seen just before something is done with it. */
export function asBefore(machine: MachineReading, step: MoveStep, sight: Sight): MachineBefore {
  return {
    state: machine.state,
    uptimeMs: machine.uptimeMs,
    heartbeat: machine.heartbeat,
    switches: [...machine.switches],
    addresses: [...machine.addresses],
    at: sight.reading(step.from).at,
    jobs: sight.jobs(step).map(({ id }) => id),
  };
}
