import type { HostName, UndoAsk } from '../commands/ask';
import { planPairs } from './derive';
import { grouped } from './grouped';
import type { PairAsk } from './guards/guard';
import { claimsOn, isAlive, type EarlierStep, type History } from './history';
import { isWithin } from './distinguished-name';
import { clipped, listed } from './listing';
import type { ComputerObject } from './observation';
import { firstNames, foundByName, pairKey, type NamesToRead, type PlanInput } from './pairs';
import type { ListChange, Planned, Verdict } from './plan';
import { removalOf } from './removal';
import { settingsStay } from './settings-stay';
import { SERVICE_CLASSES, serviceOf, splitSpn } from './spn';
import { foldCase, isAmong } from './values';

/** The objects that an undo is about, by GUID, and the hosts that values are to be given back for. */
export function namesToUndo({ undone }: Pick<History, 'undone'>): NamesToRead {
  const steps = listSteps(undone?.steps ?? []);
  const hosts = new Map(
    steps
      .flatMap(({ removed }) => removed.flatMap((value) => hostOf(value) ?? []))
      .map((host) => [host.text, host]),
  );
  const touched = [...steps, ...(undone?.steps ?? []).filter(({ trusted }) => trusted)];
  const guids = [...new Set(touched.map(({ guid }) => foldCase(guid)))];
  return { sources: guids.map(byGuid), destinations: [...hosts.values()], all: false };
}

/**
 * The plan that takes back what a request did, as far as its journal says: what it added or kept goes, unless somebody else
 * claims it by now or it is gone already; what it removed comes back, through all the guards of an addition.
 */
export function planUndo(input: PlanInput<UndoAsk>): Planned {
  const { ask, history } = input;
  const { undone } = history;
  if (!undone || undone.label !== ask.request) return { kind: 'refused', verdicts: [unknown(ask)] };
  const steps = listSteps(undone.steps);
  const back = planBack(input, steps);
  if (back?.kind === 'refused') return back;
  const taken = steps.map((step) => takeBack(input, step));
  const refusals = taken.flatMap(({ verdicts }) => verdicts).filter(({ verdict }) => verdict === 'refuse');
  if (refusals.length > 0) return { kind: 'refused', verdicts: refusals };
  const changes = [...taken.flatMap((each) => each.changes), ...(back?.part.changes ?? [])];
  const part = { changes, destinations: back?.part.destinations ?? [], forMs: null };
  const verdicts = [
    ...taken.flatMap((each) => each.verdicts),
    ...(back?.verdicts ?? []),
    ...trustStays(undone.steps, input),
    ...settingsStay(undone),
  ];
  return { kind: changes.length === 0 ? 'already-so' : 'plan', verdicts, part };
}

function listSteps(steps: readonly EarlierStep[]): readonly EarlierStep[] {
  return steps.filter(
    ({ attribute, added, kept, removed }) =>
      attribute === 'msDS-AllowedToDelegateTo' && added.length + kept.length + removed.length > 0,
  );
}

function takeBack(
  { observation, history, searchBases, modes }: PlanInput<UndoAsk>,
  step: EarlierStep,
): { readonly changes: readonly ListChange[]; readonly verdicts: readonly Verdict[] } {
  const wanted = [...step.added, ...step.kept];
  if (wanted.length === 0) return { changes: [], verdicts: [] };
  const [object] = foundByName(observation)(byGuid(step.guid));
  if (!object) return { changes: [], verdicts: [gone(step)] };
  if (!searchBases.some((base) => isWithin(object.dn, base)))
    return { changes: [], verdicts: [outside(object)] };
  const there = object.allowedToDelegateTo.filter((value) => isAmong(wanted, value));
  const alive = (value: string) =>
    claimsOn(history, object.guid, value).filter((claim) => isAlive(claim, history.now));
  const claimed = there.filter((value) => alive(value).length > 0);
  const remove = there.filter((value) => !claimed.includes(value));
  const claimants = new Set(claimed.flatMap((value) => alive(value).map(({ request }) => request)));
  return {
    changes: removalOf(object, remove, modes),
    verdicts: claimed.length === 0 ? [] : [stays(object, claimed, [...claimants])],
  };
}

/** What was removed, as pairs that go through the guards; null when nothing was. */
function planBack(input: PlanInput<UndoAsk>, steps: readonly EarlierStep[]): Planned | null {
  const removed = steps.filter((step) => step.removed.length > 0);
  const pairs = pairsBack(input, removed);
  const found = foundByName(input.observation);
  const isLost = (value: string): boolean => {
    const host = hostOf(value);
    return host === null || found(host).length === 0;
  };
  const lost = removed.flatMap((step) => step.removed.filter(isLost));
  const verdicts = [
    ...(lost.length === 0 ? [] : [notGivenBack(lost)]),
    ...(pairs.length > 0 ? [FOR_GOOD] : []),
  ];
  if (pairs.length === 0) {
    return lost.length === 0
      ? null
      : { kind: 'already-so', verdicts, part: { changes: [], destinations: [], forMs: null } };
  }
  const only = new Map(removed.map((step) => [step.guid, step.removed]));
  const planned = planPairs(input, pairs, { protocol: 'kerberos', forMs: null, only });
  return { ...planned, verdicts: [...planned.verdicts, ...verdicts] };
}

/** The pairs that these values were for, each once, with the services that they were of: a host goes by its first name. */
function pairsBack(input: PlanInput<UndoAsk>, steps: readonly EarlierStep[]): readonly PairAsk[] {
  const found = foundByName(input.observation);
  const back = steps.flatMap(({ guid, removed }) => {
    const source = byGuid(guid);
    return removed.flatMap((value) => {
      const [destination, service] = [hostOf(value), serviceOf(value)];
      const isThere = destination !== null && found(destination).length > 0;
      return isThere && service ? [{ source, destination, service }] : [];
    });
  });
  const firstName = firstNames(
    input.observation,
    back.map(({ destination }) => destination),
  );
  const pairs = back.map((pair) => ({ ...pair, destination: firstName(pair.destination) }));
  return grouped(pairs, pairKey).flatMap((group) => {
    const services = SERVICE_CLASSES.map(({ service }) => service).filter((each) =>
      group.some(({ service }) => service === each),
    );
    return group.slice(0, 1).map(({ source, destination }) => ({ source, destination, services }));
  });
}

function hostOf(value: string): HostName | null {
  const host = foldCase(splitSpn(value)?.host ?? '');
  if (serviceOf(value) === null || host === '') return null;
  return { kind: host.includes('.') ? 'fqdn' : 'short', text: host };
}

function byGuid(guid: string): HostName {
  return { kind: 'guid', text: foldCase(guid) };
}

function trustStays(steps: readonly EarlierStep[], { observation }: PlanInput<UndoAsk>): readonly Verdict[] {
  const trusted = steps.filter((step) => step.trusted);
  if (trusted.length === 0) return [];
  const names = trusted.map(({ guid }) => foundByName(observation)(byGuid(guid))[0]?.name ?? guid);
  return [
    {
      check: 'undo.trust-stays',
      verdict: 'warn',
      sentence: clipped(
        `“Use any authentication protocol” stays set on ${listed(names)}: without a list it gives nothing, and others may rely on it.`,
      ),
      remedy:
        'To clear it: Active Directory Users and Computers → the computer’s Properties → tab Delegation.',
    },
  ];
}

function stays({ name }: ComputerObject, values: readonly string[], claimants: readonly string[]): Verdict {
  return {
    check: 'undo.claimed',
    verdict: 'warn',
    sentence: clipped(`${listed(values, 8)} of ${name} stay: ${listed(claimants)} asked for them since.`),
    remedy: 'To take them away all the same: /undelegate.',
  };
}

function notGivenBack(values: readonly string[]): Verdict {
  return {
    check: 'undo.not-given-back',
    verdict: 'warn',
    sentence: clipped(
      `These are not given back, since their host is gone or they are neither cifs nor migration: ${listed(values, 8)}.`,
    ),
    remedy: 'A domain administrator can add them by hand if they are still wanted.',
  };
}

/** A removal does not say for how long the value would have stayed. */
const FOR_GOOD: Verdict = {
  check: 'undo.for-good',
  verdict: 'warn',
  sentence: 'What is given back stays for good, also what had been there for a time only.',
  remedy: 'For a time only: ask for it with /delegate and --for.',
};

function gone({ guid }: EarlierStep): Verdict {
  return {
    check: 'undo.gone',
    verdict: 'warn',
    sentence: `The object ${guid} is gone, and what it had with it.`,
    remedy: '',
  };
}

function outside({ name, dn }: ComputerObject): Verdict {
  return {
    check: 'source.in-bases',
    verdict: 'refuse',
    sentence: `${name} lies outside the search bases by now: ${dn}.`,
    remedy: 'A domain administrator can take it back on the tab Delegation of the computer.',
  };
}

function unknown({ request }: UndoAsk): Verdict {
  return {
    check: 'undo.unknown',
    verdict: 'refuse',
    sentence: `The ledger does not say what ${request} has changed.`,
    remedy: 'Look at it with /hv show, and take away what should go with /undelegate.',
  };
}
