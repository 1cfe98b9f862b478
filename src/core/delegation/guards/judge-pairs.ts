import type { Verdict } from '../plan';
import type { Guard, GuardInput, PairAsk, Side } from './guard';
import { DELEGATION_ADD_GUARDS, runGuards } from './list';

/** What the guards of `delegation-add` say of all pairs of a plan; the same sentence of the same guard stands once. */
export function judgePairs(pairs: readonly GuardInput[]): readonly Verdict[] {
  const guards = onceForEachHost(DELEGATION_ADD_GUARDS);
  // Most verdicts are about one side, and the very same for each of its pairs.
  const verdicts = new Set<Verdict>();
  for (const pair of pairs) {
    for (const verdict of runGuards(pair, guards)) verdicts.add(verdict);
  }
  const once = new Map([...verdicts].map((verdict) => [`${verdict.check} ${verdict.sentence}`, verdict]));
  return [...once.values()];
}

/** A guard about one side alone is asked once for each host and services of that side: a mesh of 64 hosts has 4,032 pairs. */
function onceForEachHost(guards: readonly Guard[]): readonly Guard[] {
  const keys = { source: new WeakMap<PairAsk, string>(), destination: new WeakMap<PairAsk, string>() };
  const keyOf = (ask: PairAsk, side: Side): string => {
    const { kind, text } = ask[side];
    const key = keys[side].get(ask) ?? `${kind} ${text} ${ask.services.join()}`;
    keys[side].set(ask, key);
    return key;
  };
  return guards.map((guard) => {
    const { about } = guard;
    if (!about) return guard;
    const known = new Map<string, ReturnType<Guard['check']>>();
    return {
      ...guard,
      check(input) {
        const key = keyOf(input.ask, about);
        const found = known.get(key);
        if (found !== undefined) return found;
        const finding = guard.check(input);
        known.set(key, finding);
        return finding;
      },
    };
  });
}
