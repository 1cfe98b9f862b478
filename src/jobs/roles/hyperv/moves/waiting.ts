import type { MachineReading } from '../../../../core/hyperv-port';
import type { MoveStep } from '../../../../core/moves/move-step';
import type { Problem } from '../../../../core/problem';
import { noAnswer } from '../no-answer';
import type { Sight } from './sight';

/** Names a move that is tried again later, among those that a worker has tried. */
export function triedKey(request: string, { machine }: Pick<MoveStep, 'machine'>): string {
  return `${request} ${machine}`;
}

/** A host that does not answer, or does not say which moves it shows. */
export function unheard({ from, to }: MoveStep, sight: Sight): Problem {
  const silent = [from, to].map((host) => sight.reading(host)).find(({ facts }) => facts === null);
  const host = silent?.host ?? [from, to].find((each) => !sight.isHeard(each)) ?? from;
  return noAnswer(host, silent?.silent?.message ?? 'it does not say which moves it shows.');
}

/** Somebody has moved or removed it meanwhile. */
export function gone({ name, from, to }: MoveStep): Problem {
  return {
    code: 'move.overtaken',
    summary: `${name} was not moved: it is neither on ${from} nor on ${to} any more.`,
    remedy: 'Somebody has moved or removed it: look where it is, then ask again.',
  };
}

/** Somebody else is at it. */
export function busy({ name, from }: MoveStep): Problem {
  return {
    code: 'machine.busy',
    summary: `${name} is being moved or backed up on ${from} by somebody else right now.`,
    remedy: 'It goes on by itself when that is over.',
  };
}

/** The id is of a machine with another name by now. */
export function renamed({ name }: MoveStep, machine: MachineReading): Problem {
  return {
    code: 'machine.other',
    summary: `${name} was not moved: the machine with its id is called ${machine.name}, which was not asked for.`,
    remedy: 'Ask again with the name that it has now.',
  };
}

/** Hosts take only so many moves at a time. */
export function full({ name, from, to }: MoveStep): Problem {
  return {
    code: 'host.full',
    summary: `${name} waits: ${from} or ${to} is moving as many machines as it may.`,
    remedy: 'It goes on by itself when one of those moves is over.',
  };
}
