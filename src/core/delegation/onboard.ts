import type { HostName, OnboardAsk } from '../commands/ask';
import { planPairs } from './derive';
import { listed } from './listing';
import type { ComputerObject } from './observation';
import { foundByName, reasonToLeaveOut, type PlanInput } from './pairs';
import type { Planned, Verdict } from './plan';
import { hostLabelOf } from './spn';

const SERVICES = ['cifs', 'migration'] as const;

/**
 * The plan for a new host: delegation between it and every host of its group, both ways, for both services, and the trust
 * mode that these need. The group of another host are those that it delegates to or that delegate to it, and itself.
 */
export function planOnboarding(input: PlanInput<OnboardAsk>): Planned {
  const { ask, observation, tier0 } = input;
  const found = foundByName(observation);
  const [host] = found(ask.host);
  const [like] = ask.like ? found(ask.like) : [];
  const able = observation.all.filter((each) => reasonToLeaveOut(each, tier0) === null);
  const group = able.filter(({ guid }) => guid !== host?.guid);
  const peers = ask.like
    ? [ask.like, ...group.filter((each) => like && isPeer(like, each)).map(shortName)]
    : group.map(shortName);
  const pairs = peers.flatMap((peer) => [
    { source: ask.host, destination: peer, services: SERVICES },
    { source: peer, destination: ask.host, services: SERVICES },
  ]);
  const planned = planPairs(input, pairs, { protocol: 'any', forMs: null });
  return { ...planned, verdicts: [...planned.verdicts, groupVerdict(ask, peers)] };
}

function isPeer(like: ComputerObject, other: ComputerObject): boolean {
  if (like.guid === other.guid) return false;
  return namesHost(like, other.name) || namesHost(other, like.name);
}

function namesHost({ allowedToDelegateTo }: ComputerObject, name: string): boolean {
  return allowedToDelegateTo.some((value) => hostLabelOf(value) === name);
}

function shortName({ name }: ComputerObject): HostName {
  return { kind: 'short', text: name };
}

function groupVerdict({ host, like }: OnboardAsk, peers: readonly HostName[]): Verdict {
  const group = like ? `the group of ${like.text}` : 'all Hyper-V hosts';
  const names = listed(
    peers.map(({ text }) => text),
    10,
  );
  return {
    check: 'onboard.group',
    verdict: 'ok',
    sentence: `${host.text} joins ${group}: ${names === '' ? 'nobody' : names}.`,
    remedy: '',
  };
}
