import type { Fleet } from './fleet';
import type { Going } from './link-rates';

/** Moves that were begun before the plan and hold their slots until they are over, as far as both their hosts answer. */
export function goingAlready({ input, byId, byName }: Fleet): readonly Going[] {
  return input.underWay.flatMap(({ machine: id, from, to, storage, leftMs }) => {
    const machine = byId.get(id);
    const [source, target] = [byName.get(from), byName.get(to)];
    if (!machine || !source || !target) return [];
    const step = { machine, from: source, to: target, volume: null, isParking: false };
    const work = { step, at: -1, bytes: leftMs, storage, aloneMs: leftMs };
    // Milliseconds instead of bytes: how long it takes is known, whatever else goes on.
    return [{ work, left: Math.max(0, leftMs), rate: 1, isMeasured: true }];
  });
}
