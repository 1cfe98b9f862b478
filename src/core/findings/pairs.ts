import { hasBit } from '../delegation/account-control';
import { spnsFor } from '../delegation/spn';
import { listed } from '../delegation/listing';
import { minusValues, sortValues } from '../delegation/values';
import { formsOf } from '../survey/delegations';
import { groupBy } from '../survey/grouping';
import type { Delegated } from '../survey/landscape';
import type { SurveyedObject } from '../survey/survey';
import { isHyperVHost } from '../survey/to-resolve';
import { factKey, type Finding, type FindingInput } from './finding';
import { isFit, isProtected } from './fitness';
import { addValues, delegate, undelegate } from './steps';

/** The values of one source for one destination that both belong to a move. */
interface Pair {
  readonly source: SurveyedObject;
  readonly destination: SurveyedObject;
  readonly values: readonly Delegated[];
}

/** What is wrong between two hosts: one direction only, or one of two names only. */
export function pairFindings(input: FindingInput): readonly Finding[] {
  const pairs = pairsOf(input);
  const known = new Set(pairs.map(({ source, destination }) => `${source.guid} ${destination.guid}`));
  return pairs.flatMap((pair) => {
    const isBack = known.has(`${pair.destination.guid} ${pair.source.guid}`);
    return [...(isBack ? [] : oneWay(input, pair)), ...halfNamed(input, pair)];
  });
}

function pairsOf(input: FindingInput): readonly Pair[] {
  const ordinary = input.delegated.filter(
    ({ source, service, owners }) =>
      service !== null &&
      input.isInBases(source) &&
      owners.length === 1 &&
      owners.every((owner) => owner.guid !== source.guid) &&
      [source, ...owners].every((each) => !isProtected(input, each)),
  );
  const groups = groupBy(ordinary, ({ source, owners }) => `${source.guid} ${owners[0]?.guid ?? ''}`);
  return [...groups.values()].flatMap((values) => {
    const [first] = values;
    const destination = first?.owners[0];
    return first && destination ? [{ source: first.source, destination, values }] : [];
  });
}

function oneWay(input: FindingInput, { source, destination, values }: Pair): readonly Finding[] {
  const areHosts = [source, destination].every((each) => isHyperVHost(each) && input.isInBases(each));
  // It may act as anybody anyway: a finding of its own.
  if (!areHosts || hasBit(destination.userAccountControl, 'unconstrained')) return [];
  const mayReturn = isFit(input, source) && isFit(input, destination);
  return [
    {
      code: 'pair.one-way',
      keys: [factKey('pair.one-way', source.guid, destination.guid)],
      hosts: [source.name, destination.name],
      values: sortValues(values.map(({ value }) => value)),
      risk: `${source.name} may delegate to ${destination.name}, but not the other way round: a move back that starts there is refused.`,
      remedy: mayReturn
        ? 'Allow the other direction too, or remove this one if it is not used.'
        : 'The other direction would be refused as the hosts are now: remove this one if it is not used.',
      fix: mayReturn
        ? delegate(destination, source, values)
        : undelegate(source, destination.name, { values, isInBases: true }),
    },
  ];
}

function halfNamed(input: FindingInput, { source, destination, values }: Pair): readonly Finding[] {
  if (destination.dnsHostName === null) return [];
  return (['short', 'fqdn'] as const).flatMap((only): readonly Finding[] => {
    const half = values.filter(({ service }) => service !== null && formsOf(values, service) === only);
    if (half.length === 0) return [];
    const code = only === 'short' ? 'name.short-only' : 'name.fqdn-only';
    const services = [...new Set(half.flatMap(({ service }) => service ?? []))].toSorted();
    const [has, lacks] = only === 'short' ? ['short name', 'full name'] : ['full name', 'short name'];
    const isOrdinary =
      isFit(input, source) &&
      isFit(input, destination) &&
      !hasBit(source.userAccountControl, 'unconstrained');
    const missing = minusValues(spnsFor(destination, services), source.allowedToDelegateTo);
    return [
      {
        code,
        keys: services.map((each) => factKey(code, source.guid, destination.guid, each)).toSorted(),
        hosts: [source.name, destination.name],
        values: sortValues(half.map(({ value }) => value)),
        risk: `${source.name} may delegate ${listed(services)} of ${destination.name} by its ${has} only: a move that uses its ${lacks} fails.`,
        remedy: `Add the ${lacks}, so that a move works by either.`,
        fix: isOrdinary ? delegate(source, destination, half) : addValues(source, missing),
      },
    ];
  });
}
