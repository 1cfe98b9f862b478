import { SERVICE_CLASSES, spnsFor } from '../delegation/spn';
import { listed } from '../delegation/listing';
import { foldCase, sortValues } from '../delegation/values';
import { labelOf, readSpn } from '../survey/delegated-spn';
import { groupBy, inOrder } from '../survey/grouping';
import type { SurveyedObject } from '../survey/survey';
import { isHyperVHost } from '../survey/to-resolve';
import { factKey, type Finding, type FindingInput } from './finding';
import { removeSpns } from './steps';

/** Names that are not held by exactly the object that they are the name of. */
export function spnFindings(input: FindingInput): readonly Finding[] {
  return [...duplicates(input), ...taken(input)];
}

function duplicates(input: FindingInput): readonly Finding[] {
  const held = input.survey.holdings
    .map(({ spn }) => ({
      spn,
      holders: inOrder(input.holdersOf(spn), ({ name, guid }) => `${name} ${guid}`),
    }))
    .filter(({ holders }) => holders.length > 1);
  const groups = groupBy(held, ({ holders }) => holders.map(({ guid }) => guid).join(' '));
  return [...groups.values()].flatMap((group) => {
    const holders = group[0]?.holders ?? [];
    const spns = sortValues(group.map(({ spn }) => spn));
    const names = holders.map(({ name }) => name);
    const meant = new Set(spns.map((spn) => labelOf(readSpn(spn).host)));
    const stranger = holders.findLast(({ name }) => !meant.has(name)) ?? holders.at(-1);
    if (!stranger) return [];
    return [
      {
        code: 'spn.duplicate' as const,
        keys: spns.map((spn) => keyOf('spn.duplicate', spn, holders)).toSorted(),
        hosts: names,
        values: spns,
        risk: `${listed(spns)} is registered on ${listed(names)}: no ticket is given for it, or one for the wrong host.`,
        remedy: `Leave it on the host that it names and take it off the others; the line takes it off ${stranger.name}.`,
        fix: removeSpns(stranger, spns),
      },
    ];
  });
}

/** Who holds cifs/X while another has HOST/X, or the migration service of another, gets that one's tickets. */
function taken(input: FindingInput): readonly Finding[] {
  const hosts = input.survey.objects.filter((each) => isHyperVHost(each) && input.isInBases(each));
  return hosts.flatMap((host) => {
    const strangers = namesOf(host).flatMap((spn) => {
      const [holder, ...others] = input.holdersOf(spn);
      return holder && others.length === 0 && holder.guid !== host.guid ? [{ spn, holder }] : [];
    });
    const groups = groupBy(strangers, ({ holder }) => holder.guid);
    return [...groups.values()].flatMap((group) => {
      const holder = group[0]?.holder;
      if (!holder) return [];
      const spns = sortValues(group.map(({ spn }) => spn));
      return [
        {
          code: 'spn.taken' as const,
          keys: spns.map((spn) => keyOf('spn.taken', spn, [holder])).toSorted(),
          hosts: [host.name, holder.name],
          values: spns,
          risk: `${listed(spns)} belongs to ${holder.name}: who may delegate to ${host.name} by that name reaches ${holder.name} instead.`,
          remedy: `If it is a leftover on ${holder.name}, take it off there.`,
          fix: removeSpns(holder, spns),
        },
      ];
    });
  });
}

function namesOf(host: SurveyedObject): readonly string[] {
  const services = SERVICE_CLASSES.map(({ service }) => service);
  const spns = spnsFor(host, services);
  return [...new Set(spns.flatMap((spn) => [spn, readSpn(spn).viaHost ?? spn]))];
}

function keyOf(code: 'spn.duplicate' | 'spn.taken', spn: string, holders: readonly SurveyedObject[]): string {
  return factKey(code, foldCase(spn), ...holders.map(({ guid }) => guid).toSorted());
}
