import type { MoveAsk } from '../commands/ask';
import type { SettingChange } from '../hyperv/host-settings';
import { FOR_MOVES, isPreparation } from '../hyperv/prepare-hosts';
import { leaving, type Envelope } from './envelope';

/**
 * Whether hosts are to be set to more than the moves of an envelope need, whoever has written it: one sentence, or null. Only hosts that machines leave
 * or may go to are ever set, each once and by the worker, and only to what lets machines move; nothing where disks move alone or nothing was to be set up first.
 */
export function refuseSettings(
  settings: readonly SettingChange[],
  ask: MoveAsk,
  envelope: Envelope,
): string | null {
  const isNone = ask.verb === 'rebalance' || ask.noDelegate;
  if (isNone && settings.length > 0) return 'The plan sets hosts that nothing was to be set of.';
  const left = leaving(envelope).map(({ from }) => from);
  const ends = new Set(left.length > 0 ? [...left, ...envelope.destinations] : []);
  const stranger = settings.find(({ host }) => !ends.has(host));
  if (stranger) return `The plan sets ${stranger.host}, which no machine leaves or goes to.`;
  const isOnce = new Set(settings.map(({ host }) => host)).size === settings.length;
  return isOnce && settings.every(isNeeded) ? null : 'The plan sets what moves do not need.';
}

function isNeeded({ by, after }: SettingChange): boolean {
  return by === 'worker' && isPreparation(after, FOR_MOVES);
}
