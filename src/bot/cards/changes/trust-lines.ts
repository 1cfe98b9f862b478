import { ACCOUNT_BITS, hasBit } from '../../../core/delegation/account-control';
import { grouped } from '../../../core/delegation/grouped';
import type { TrustChange } from '../../../core/delegation/plan';
import { objectText } from './change-lines';
import { hostLines, isListable } from './host-lines';

const WHAT = '+ TRUSTED_TO_AUTH_FOR_DELEGATION (“Use any authentication protocol”)';

/** One object's change of its trust mode, in one line. */
export function trustLine(change: TrustChange): string {
  return `${change.attribute} of ${objectText(change)}: ${bitsText(change)}`;
}

/** Many of them: objects of which the same changes share the words. */
export function sharedTrustLines(changes: readonly TrustChange[]): readonly string[] {
  const areTold = new Set(changes.map(({ name }) => name)).size === changes.length;
  const [listable, others] = [true, false].map((is) =>
    changes.filter(({ name }) => (areTold && isListable(name)) === is),
  );
  const groups = grouped(listable ?? [], ({ before, after }) => `${before} ${after}`);
  return [
    ...groups.flatMap((group) => {
      const [first, ...more] = group;
      if (!first) return [];
      return more.length === 0
        ? [trustLine(first)]
        : [...hostLines('userAccountControl of each of these', group), bitsText(first)];
    }),
    ...(others ?? []).map(trustLine),
  ];
}

/** Whether the change sets the one bit that it may set, and nothing else: only then do the words say all of it. */
export function isAnyProtocolAlone({ before, after }: TrustChange): boolean {
  return !hasBit(before, 'anyProtocol') && after === before + ACCOUNT_BITS.anyProtocol;
}

/** What the change sets, in words if it is the one bit, and the numbers before and after. */
export function bitsText(change: TrustChange): string {
  const numbers = `0x${change.before.toString(16)} → 0x${change.after.toString(16)}`;
  return isAnyProtocolAlone(change) ? `${WHAT}, ${numbers}; nothing else` : numbers;
}
