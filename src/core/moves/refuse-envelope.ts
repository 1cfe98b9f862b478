import type { MoveAsk } from '../commands/ask';
import type { Envelope } from './envelope';

/**
 * Whether an envelope allows more than was asked for, whoever has written it: one sentence, or null. That a machine has the name that the envelope
 * gives it is looked at on its host before it is moved. `hosts`: those that this worker moves between; null: it moves nothing.
 */
export function refuseEnvelope(
  { machines, destinations }: Envelope,
  ask: MoveAsk,
  hosts: readonly string[] | null,
): string | null {
  const stranger =
    hosts && [...machines.map(({ from }) => from), ...destinations].find((host) => !hosts.includes(host));
  if (stranger) return `The plan names ${stranger}, which this worker is not set up for.`;
  const isAsked =
    destinations.length === 1 &&
    destinations[0] === ask.to &&
    machines.every((machine) => isNamed(ask, machine)) &&
    (ask.storageOnly === null ||
      machines.every(({ from, storage }) => from === ask.to && storage === ask.storageOnly));
  return isAsked ? null : 'The plan allows more than was asked for.';
}

/** Whether a machine is one of those that were asked for, by its name or its id. */
export function isNamed(ask: MoveAsk, { id, name }: { id: string; name: string }): boolean {
  return ask.machines.some((each) => [id, name.toLowerCase()].includes(each.toLowerCase()));
}
