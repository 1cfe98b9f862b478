import { refuseCordon } from '../policy/cordon';
import type { Policy } from '../policy/schema';
import { isAuthentic, type Signatures } from '../request/authentic';
import type { CordonWord, Signed } from '../request/statement';

/** The last cordon of a host, and the word that has ended it. */
export interface CordonState {
  readonly cordon: Signed<CordonWord>;
  readonly uncordon: Signed<CordonWord> | null;
}

/** That no machine is to be put on a host: who says so, why, since when (milliseconds since 1970), and for which drain. */
export type Cordon = Pick<CordonWord, 'id' | 'host' | 'by' | 'why' | 'at' | 'drain'>;

/**
 * The cordons that hold, by host, by the keys and the policy of a program that can check signatures: for whoever plans where machines go,
 * and before each move. A cordon is honoured whoever has written it, since it only keeps machines off; what ends it has to be the bot's
 * word, about this cordon, by a person who may say it. That it is a drain's lets machines come back, so that has to be the bot's word too.
 */
export function cordonsThatHold(
  states: readonly CordonState[],
  { verifier, policy }: { readonly verifier: Signatures; readonly policy: Policy },
): ReadonlyMap<string, Cordon> {
  const holding = states.filter((state) => !isEnded(state, { verifier, policy }));
  return byHost(holding, (cordon) => isAuthentic(verifier, cordon));
}

/** Who wants to put machines on a host. */
export interface Comer {
  /** Id of its request; null: there is none yet. */
  readonly request: string | null;
  /** The host that it brings machines back to; null: it does not. */
  readonly back: string | null;
}

/** Hosts that no machine is to be put on by this comer: a drain's cordon hinders neither that drain nor who brings the machines back. */
export function closedHosts(cordons: ReadonlyMap<string, Cordon>, comer: Comer): ReadonlySet<string> {
  const closing = [...cordons.values()].filter(
    ({ drain, host }) => drain === undefined || (drain !== comer.request && host !== comer.back),
  );
  return new Set(closing.map(({ host }) => host));
}

/** The cordons as they are shown by a program without keys: nothing is decided by it. */
export function cordonsToShow(states: readonly CordonState[]): ReadonlyMap<string, Cordon> {
  return byHost(
    states.filter(({ uncordon }) => uncordon === null),
    () => true,
  );
}

function isEnded(
  { cordon, uncordon }: CordonState,
  { verifier, policy }: { verifier: Signatures; policy: Policy },
): boolean {
  if (!uncordon) return false;
  const { what, id, host, by, at } = uncordon.statement;
  const isAbout = what === 'uncordon' && id === cordon.statement.id && host === cordon.statement.host;
  return isAbout && isAuthentic(verifier, uncordon) && refuseCordon(policy, { host, by, at }) === null;
}

function byHost(
  states: readonly CordonState[],
  isBelieved: (cordon: Signed<CordonWord>) => boolean,
): ReadonlyMap<string, Cordon> {
  return new Map(
    states.map(({ cordon }) => {
      const { id, host, by, why, at, drain } = cordon.statement;
      const isDrains = drain !== undefined && isBelieved(cordon);
      return [host, { id, host, by, why, at, ...(isDrains && { drain }) }];
    }),
  );
}
