import type { HostName, Service } from '../../src/core/commands/ask';
import type { Observation, PairObservation } from '../../src/core/delegation/observation';
import { foundByName } from '../../src/core/delegation/pairs';
import type { Directory, DirectoryQuestion } from '../../src/core/ports';

/** One pair of hosts, and the services that are asked for. */
export interface PairQuestion {
  readonly source: HostName;
  readonly destination: HostName;
  readonly services: readonly Service[];
}

/** The question about one pair. */
export function aboutPair({ source, destination, services }: PairQuestion): DirectoryQuestion {
  return { sources: [source], destinations: [destination], all: false, delegating: false, services };
}

/** What an observation says of one pair. */
export function seenOfPair(
  observation: Pick<Observation, 'hosts' | 'all' | 'holders' | 'knownNames'>,
  { source, destination }: Pick<PairQuestion, 'source' | 'destination'>,
): PairObservation {
  const found = foundByName(observation);
  const { holders, knownNames } = observation;
  return { source: found(source), destination: found(destination), holders, knownNames };
}

/** Reads one pair. */
export async function observePair(directory: Directory, question: PairQuestion): Promise<PairObservation> {
  return seenOfPair(await directory.observe(aboutPair(question)), question);
}
