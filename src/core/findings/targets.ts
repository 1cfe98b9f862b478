import { isController, tierZeroReason } from '../delegation/guards/reach';
import { listed } from '../delegation/listing';
import { sortValues } from '../delegation/values';
import { labelOf } from '../survey/delegated-spn';
import { groupBy } from '../survey/grouping';
import { originKey, type Delegated } from '../survey/landscape';
import type { SurveyedObject } from '../survey/survey';
import { factKey, valueKeys, type Finding, type FindingCode, type FindingInput } from './finding';
import { removeValues, undelegate } from './steps';

/** What is wrong with where delegations lead: to nobody, to the whole domain, to services that no move needs. */
export function targetFindings(input: FindingInput): readonly Finding[] {
  return [...ghosts(input), ...powerful(input), ...unexpected(input)];
}

function ghosts(input: FindingInput): readonly Finding[] {
  const known = new Set(input.survey.objects.map(({ name }) => name));
  const lost = input.delegated.filter(({ owners, host }) => owners.length === 0 && host !== '');
  return bySource(lost, ({ host }) => labelOf(host)).map(({ source, group }) => {
    const label = labelOf(group[0]?.host ?? '');
    const values = valuesOf(group);
    const fix = known.has(label)
      ? // The host exists under that name: its good delegations would go with a command about it.
        removeValues(source, values)
      : undelegate(source, targetOf(group), { values: group, isInBases: input.isInBases(source) });
    return {
      code: 'spn.ghost',
      keys: valueKeys('spn.ghost', source, values),
      hosts: [source.name, label],
      values,
      risk: `Nobody owns ${listed(values)}: whoever registers that name is a host on which ${source.name} may act as any user.`,
      remedy: `Remove the delegation from ${source.name}; a host that is to come back is delegated to anew.`,
      fix,
    };
  });
}

/** The short name if any value has it, else the longest common one: the only one. */
function targetOf(group: readonly Delegated[]): string {
  const hosts = sortValues([...new Set(group.map(({ host }) => host))]);
  return hosts.length === 1 ? (hosts[0] ?? '') : labelOf(hosts[0] ?? '');
}

function powerful(input: FindingInput): readonly Finding[] {
  const { tier0 } = input;
  const findings = (code: FindingCode, reasonOf: (owner: SurveyedObject) => string | null) =>
    bySource(
      input.delegated.flatMap((each) =>
        each.owners
          .filter((owner) => owner.guid !== each.source.guid && reasonOf(owner) !== null)
          .map((owner) => ({ ...each, owner })),
      ),
      ({ owner }) => owner.guid,
    ).flatMap(({ source, group }): readonly Finding[] => {
      const owner = group[0]?.owner;
      if (!owner) return [];
      const values = valuesOf(group);
      return [
        {
          code,
          keys: values.map((value) => factKey(code, originKey(source.guid, value), owner.guid)).toSorted(),
          hosts: [source.name, owner.name],
          values,
          risk: `${source.name} may act as any user on ${owner.name}, ${reasonOf(owner) ?? ''}: who controls ${source.name} can take the domain.`,
          remedy: `Remove the delegation; if machines have to move there, move them by hand.`,
          fix: undelegate(source, owner.name, { values: group, isInBases: input.isInBases(source) }),
        },
      ];
    });
  return [
    ...findings('target.controller', (owner) => (isController(owner) ? 'a domain controller' : null)),
    ...findings('target.tier0', (owner) => {
      const reason = isController(owner) ? null : tierZeroReason(owner, tier0);
      return reason === null ? null : `which belongs to Tier 0 (${reason})`;
    }),
  ];
}

function unexpected(input: FindingInput): readonly Finding[] {
  const others = input.delegated.filter(({ source, service }) => service === null && input.isInBases(source));
  return bySource(others, () => '').map(({ source, group }) => {
    const values = valuesOf(group);
    return {
      code: 'service.unexpected',
      keys: valueKeys('service.unexpected', source, values),
      hosts: [source.name],
      values,
      risk: `${source.name} may act as any user towards services that live migration does not need: ${listed(values)}.`,
      remedy:
        'If nothing else on the host needs them, remove these values; Handover never writes such services.',
      fix: removeValues(source, values),
    };
  });
}

function bySource<T extends Delegated>(
  delegated: readonly T[],
  keyOf: (each: T) => string,
): readonly { source: SurveyedObject; group: readonly T[] }[] {
  const groups = groupBy(delegated, (each) => `${each.source.guid} ${keyOf(each)}`);
  return [...groups.values()].flatMap((group) => (group[0] ? [{ source: group[0].source, group }] : []));
}

function valuesOf(group: readonly Delegated[]): readonly string[] {
  return sortValues(group.map(({ value }) => value));
}
