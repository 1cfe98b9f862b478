import type { RetireAsk } from '../commands/ask';
import { inOrder } from '../survey/grouping';
import { hasBit } from './account-control';
import { isWithin } from './distinguished-name';
import { clipped, listed } from './listing';
import type { ComputerObject } from './observation';
import { observedObjects } from './observed';
import { foundByName, type PlanInput } from './pairs';
import type { ListChange, Planned, Verdict } from './plan';
import { removalOf, whatIsLeft } from './removal';
import { hostLabelOf, splitSpn } from './spn';
import { foldCase } from './values';

/**
 * The plan for a host that goes: its whole list, and on every other object within the search bases whatever is for it. The
 * host need not exist any more. What lies elsewhere, and what the host itself keeps, is listed as left over.
 */
export function planRetirement(input: PlanInput<RetireAsk>): Planned {
  const { ask, observation, searchBases, modes } = input;
  const [host, ...others] = foundByName(observation)(ask.host);
  if (others.length > 0) return { kind: 'refused', verdicts: [ambiguous(ask, [host, ...others])] };
  const isWithinBases = ({ dn }: ComputerObject): boolean => searchBases.some((base) => isWithin(dn, base));
  const isForHost = forHost(ask, host ?? null);
  // One whose list we have emptied is read by its objectGUID, and not among those that have one.
  const holding = inOrder(
    observedObjects(input).filter(
      ({ guid, allowedToDelegateTo }) => guid !== host?.guid && allowedToDelegateTo.some(isForHost),
    ),
    ({ name, guid }) => `${name} ${guid}`,
  );
  const ours = [...(host && isWithinBases(host) ? [host] : []), ...holding.filter(isWithinBases)];
  const changes = ours.flatMap((object): readonly ListChange[] => {
    const values = object.allowedToDelegateTo;
    return removalOf(object, object === host ? values : values.filter(isForHost), modes);
  });
  const verdicts = [
    found(ask, host ?? null),
    ...changes.map(whatIsLeft),
    ...leftOver(host ?? null, {
      isWithinBases,
      strangers: holding.filter((object) => !isWithinBases(object)),
    }),
  ];
  const part = { changes, destinations: [], forMs: null };
  return { kind: changes.length === 0 ? 'already-so' : 'plan', verdicts, part };
}

/** Tells values whose host is this one: by any of its names, or by the typed one where there is no such host any more. */
export function forHost({ host: asked }: RetireAsk, host: ComputerObject | null): (value: string) => boolean {
  const short = new Set<string>([
    ...(host ? [foldCase(host.name)] : []),
    ...(asked.kind === 'short' ? [asked.text] : []),
  ]);
  const full = new Set<string>([
    ...(host?.dnsHostName ? [foldCase(host.dnsHostName)] : []),
    ...(asked.kind === 'fqdn' ? [asked.text] : []),
  ]);
  return (value) =>
    short.has(hostLabelOf(value)) || full.has(foldCase(splitSpn(value)?.host.split(/[/:]/, 1)[0] ?? ''));
}

function found({ host: asked }: RetireAsk, host: ComputerObject | null): Verdict {
  return host
    ? { check: 'retire.host', verdict: 'ok', sentence: `“${asked.text}” is ${host.dn}.`, remedy: '' }
    : {
        check: 'retire.host',
        verdict: 'warn',
        sentence: `The directory has no computer “${asked.text}” any more: only what others hold for that name goes.`,
        remedy: 'Check the spelling if it should still exist.',
      };
}

function ambiguous({ host }: RetireAsk, objects: readonly (ComputerObject | undefined)[]): Verdict {
  const names = listed(objects.flatMap((object) => object?.dn ?? []));
  return {
    check: 'source.found',
    verdict: 'refuse',
    sentence: clipped(`${objects.length} objects answer to “${host.text}”: ${names}.`),
    remedy: 'Name the host by its distinguished name.',
  };
}

interface Surroundings {
  readonly isWithinBases: (object: ComputerObject) => boolean;
  /** Objects elsewhere that may delegate to the host. */
  readonly strangers: readonly ComputerObject[];
}

/** What a retirement does not take away, each with who can. */
function leftOver(
  host: ComputerObject | null,
  { isWithinBases, strangers }: Surroundings,
): readonly Verdict[] {
  const left = [
    ...strangers.map(({ name }) => `${name} (outside the search bases) may still delegate to it`),
    ...(host && !isWithinBases(host) && host.allowedToDelegateTo.length > 0
      ? [`${host.name} lies outside the search bases and keeps its own list`]
      : []),
    ...(host && hasBit(host.userAccountControl, 'unconstrained')
      ? ['it is trusted for unconstrained delegation']
      : []),
    ...(host && hasBit(host.userAccountControl, 'anyProtocol')
      ? ['“Use any authentication protocol” stays set on it']
      : []),
    ...(host && !hasBit(host.userAccountControl, 'disabled') ? ['its account is enabled'] : []),
    ...(host && host.spns.length > 0 ? [`it keeps ${host.spns.length} service names`] : []),
  ];
  if (left.length === 0) return [];
  return [
    {
      check: 'retire.left-over',
      verdict: 'warn',
      sentence: clipped(`This leaves over: ${listed(left, 10)}.`),
      remedy: 'When the host is gone for good, a domain administrator disables or deletes its account.',
    },
  ];
}
