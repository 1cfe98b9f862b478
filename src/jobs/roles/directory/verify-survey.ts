import { isSameSet } from '../../../core/delegation/values';
import type { ProofCheck, SourceCheck } from '../../../core/survey/answer';
import type { SourceDelegations } from '../../../core/survey/delegations';
import type { DirectoryParts } from './parts';

/** As many as one request may have; a list of more is no place to look for what has not replicated. */
const MOST_SOURCES = 64;
/** Objects that are read everywhere at the same time. */
const AT_ONCE = 8;
/** Destinations for which a ticket is asked for. */
const MOST_PROOFS = 8;

/** Holds the surveyed lists against those of every domain controller, for sources of the search bases that have any. */
export async function verifySources(
  { directory }: Pick<DirectoryParts, 'directory'>,
  sources: readonly SourceDelegations[],
): Promise<readonly SourceCheck[]> {
  const chosen = sources.filter(({ isInBases, rows }) => isInBases && rows.length > 0).slice(0, MOST_SOURCES);
  const checks: SourceCheck[] = [];
  for (let at = 0; at < chosen.length; at += AT_ONCE) {
    const few = chosen.slice(at, at + AT_ONCE);
    checks.push(...(await Promise.all(few.map((source) => verifySource(directory, source)))));
  }
  return checks;
}

async function verifySource(
  directory: DirectoryParts['directory'],
  { guid, name, rows }: SourceDelegations,
): Promise<SourceCheck> {
  const surveyed = rows.flatMap(({ values }) => values.map(({ value }) => value));
  const readings = await directory.readEverywhere(guid);
  const silent = readings.filter(({ seen }) => seen === 'silent');
  const differing = readings.filter(
    ({ seen }) => seen === 'absent' || (seen !== 'silent' && !isSameSet(seen.values, surveyed)),
  );
  return {
    source: name,
    servers: readings.length,
    agreeing: readings.length - differing.length - silent.length,
    differing: differing.map(({ server }) => server),
    silent: silent.map(({ server }) => server),
  };
}

/** Asks for a ticket of cifs for each destination of one source, the first few. */
export async function proveHost(
  { proof }: Pick<DirectoryParts, 'proof'>,
  { name, rows }: SourceDelegations,
): Promise<readonly ProofCheck[]> {
  const destinations = rows
    .filter(({ serviceType, owner }) => owner === 'one' && serviceType.toLowerCase() === 'cifs')
    .map(({ host }) => host)
    .slice(0, MOST_PROOFS);
  const checks: ProofCheck[] = [];
  for (const destination of destinations) {
    const result = await proof.prove({ source: name, destination }).catch(() => 'untestable' as const);
    checks.push({ destination, result });
  }
  return checks;
}
