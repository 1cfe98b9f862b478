import { nearestWord } from '../commands/nearest';
import type { Verdict } from '../delegation/plan';
import type { HostReading, MachineReading } from '../hyperv-port';

/** A machine and the host that it is on. */
export interface FoundMachine {
  readonly machine: MachineReading;
  readonly at: HostReading;
}

/** What the names of an ask mean: the machines, or why not all of them are known. */
export interface FoundMachines {
  readonly found: readonly FoundMachine[];
  readonly verdicts: readonly Verdict[];
}

/**
 * Finds machines by name, whatever the letter case, or by id, on all hosts that were read. Names are not unique in Hyper-V: of several
 * machines of one name the id has to be given. A host that is silent may have one more of them.
 */
export function findMachines(readings: readonly HostReading[], names: readonly string[]): FoundMachines {
  const all = readings.flatMap((at) => (at.facts?.machines ?? []).map((machine) => ({ machine, at })));
  const silent = readings.filter(({ facts }) => facts === null).map(({ host }) => host);
  const each = names.map((name) => {
    const wanted = name.toLowerCase();
    const meant = all.filter(({ machine }) => machine.id === wanted || machine.name.toLowerCase() === wanted);
    return { name, meant };
  });
  const known = all.map(({ machine }) => machine.name);
  return {
    found: each.flatMap(({ meant }) => (meant.length === 1 ? meant : [])),
    verdicts: each.map(({ name, meant }) => verdictOf(name, meant, { silent, known })),
  };
}

function verdictOf(
  name: string,
  meant: readonly FoundMachine[],
  { silent, known }: { silent: readonly string[]; known: readonly string[] },
): Verdict {
  const check = 'machine.known';
  const [first, ...others] = meant;
  if (!first) {
    const unheard = silent.length === 0 ? '' : `; ${silent.join(', ')} did not answer`;
    const nearest = nearestWord(name, known);
    return {
      check,
      verdict: 'refuse',
      sentence: `No machine “${name}” is on any host that answered${unheard}.`,
      remedy: nearest === null ? 'Look at /hv hosts for what runs where.' : `Did you mean ${nearest}?`,
    };
  }
  if (others.length > 0) {
    const where = meant.map(({ machine, at }) => `${machine.id} on ${at.host}`).join(', ');
    return {
      check,
      verdict: 'refuse',
      sentence: `${meant.length} machines are called “${name}”: ${where}.`,
      remedy: 'Ask again with the id of the one that is meant.',
    };
  }
  if (silent.length > 0 && first.machine.id !== name.toLowerCase()) {
    return {
      check,
      verdict: 'warn',
      sentence: `${first.machine.name} is on ${first.at.host}; ${silent.join(', ')} did not answer, and may have a machine of that name too.`,
      remedy: `The one that moves is ${first.machine.id}.`,
    };
  }
  return { check, verdict: 'ok', sentence: `${first.machine.name} is on ${first.at.host}.`, remedy: '' };
}
