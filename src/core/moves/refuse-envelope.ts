import type { DrainAsk, MoveAsk } from '../commands/ask';
import type { ChoiceWord } from '../request/statement';
import type { AllowedMachine, Envelope } from './envelope';

/** What whoever moves machines judges an envelope by: its own hosts, and what people have chosen, whose signatures and rights were checked. */
export interface Mover {
  readonly hosts: readonly string[];
  readonly words: readonly ChoiceWord[];
}

/**
 * Whether an envelope allows more than was asked for, whoever has written it: one sentence, or null. That a machine has the name that the envelope
 * gives it is looked at on its host before it is moved. Nothing is done to a machine before it moves that nobody has chosen. `mover` null: who asks
 * moves nothing.
 */
export function refuseEnvelope(envelope: Envelope, ask: MoveAsk, mover: Mover | null): string | null {
  const { machines, destinations } = envelope;
  const stranger =
    mover &&
    [...machines.map(({ from }) => from), ...destinations].find((host) => !mover.hosts.includes(host));
  if (stranger) return `The plan names ${stranger}, which this worker is not set up for.`;
  const unsaid = mover && machines.find((machine) => !isChosen(machine, mover.words));
  if (unsaid) return `The plan does to ${unsaid.name} what nobody has chosen.`;
  // Plans choose folders on the destination's own volumes; to a share disks go only where somebody typed it.
  const typed = ask.verb === 'migrate' ? ask.storageOnly : null;
  const isAway = machines
    .flatMap(({ storage, home = null }) => [storage, home])
    .some((folder) => folder !== null && !/^[A-Za-z]:\\/.test(folder) && folder !== typed);
  if (isAway) return 'The plan copies disks to a share that was not asked for.';
  return lies(envelope, ask) ? null : 'The plan allows more than was asked for.';
}

function isChosen({ id, first }: AllowedMachine, words: readonly ChoiceWord[]): boolean {
  return first === undefined || words.some(({ machine, choice }) => machine === id && choice === first);
}

function lies({ machines, destinations, returns }: Envelope, ask: MoveAsk): boolean {
  if (ask.verb !== 'drain' && (returns || machines.some(({ room }) => room))) return false;
  switch (ask.verb) {
    case 'migrate': {
      const isStorageAsked = ({ from, storage }: AllowedMachine): boolean =>
        ask.storageOnly === null || (from === ask.to && storage === ask.storageOnly);
      return (
        isOnly(destinations, ask.to) && machines.every((each) => isNamed(ask, each) && isStorageAsked(each))
      );
    }
    case 'drain':
      return (
        (ask.returns !== null || returns === undefined) &&
        machines.every(
          (each) => mayLeave(ask, each, destinations) && !(ask.noStorage && each.storage !== null),
        ) &&
        destinations.every((host) => mayTake(ask, host))
      );
    case 'rebalance':
      return [...machines.map(({ from }) => from), ...destinations].every(
        (host) => ask.hosts?.includes(host) ?? true,
      );
    case 'return':
      return isOnly(destinations, ask.host) && machines.every(({ from }) => from !== ask.host);
  }
}

/** Machines of other hosts only where that was asked for, and only off a host that others may go to: elsewhere they would make room for nobody. */
function mayLeave(ask: DrainAsk, { from, room }: AllowedMachine, destinations: readonly string[]): boolean {
  if (!room) return ask.hosts.includes(from);
  return ask.makeRoom && ask.returns === null && !ask.hosts.includes(from) && destinations.includes(from);
}

/** Of hosts that are emptied one after the other each may take what comes from the others. */
function mayTake({ hosts, to, returns }: DrainAsk, host: string): boolean {
  return (returns === 'rolling' || !hosts.includes(host)) && (to?.includes(host) ?? true);
}

function isOnly(hosts: readonly string[], host: string): boolean {
  return hosts.length === 1 && hosts[0] === host;
}

/** Whether a machine is one of those that were asked for, by its name or its id where machines were named. */
export function isNamed(ask: MoveAsk, { id, name }: { id: string; name: string }): boolean {
  if (ask.verb !== 'migrate') return true;
  return ask.machines.some((each) => [id, name.toLowerCase()].includes(each.toLowerCase()));
}
