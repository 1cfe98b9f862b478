import type { DirectoryChange, ListChange, TrustChange } from '../../core/delegation/plan';
import { once } from '../../core/once';
import { objectText, SIGNS, stayingIn, stayingText } from '../cards/changes/change-lines';
import { quoted } from '../cards/changes/short-values';
import { visible } from '../cards/text';
import { bitsText, isAnyProtocolAlone } from '../cards/changes/trust-lines';

/** All that a plan does to one attribute of one object. */
export interface ObjectWrites {
  /** The object, what stays of its list, and whether a person does it. */
  readonly heading: string;
  /** One write each, with its attribute and its object's name; numbered through the plan from 1. */
  readonly lines: readonly string[];
}

/** The order in which writes are listed: what gives the most comes first. */
const POWER = ['trust-mode', 'delegation-add', 'delegation-remove'] as const;

type Changes = readonly DirectoryChange[];

/** Every write of a plan to the directory, to its last character, one line each. */
export const writesOf = once((changes: Changes): readonly ObjectWrites[] => {
  let number = 0;
  return byPower(changes).map((change) => ({
    heading: headingOf(change),
    lines: textsOf(change).map(
      (text) => `${(number += 1)}. ${change.attribute} of ${visible(change.name)}: ${text}`,
    ),
  }));
});

/** How many of them there are. */
export function countWrites(changes: Changes): number {
  return writesOf(changes).reduce((sum, { lines }) => sum + lines.length, 0);
}

/** Whether lines can say all of these: a trust mode that is more than the one bit has no words. */
export function haveWords(changes: Changes): boolean {
  return changes.every((change) => isList(change) || isAnyProtocolAlone(change));
}

/** Changes of one kind together, the most powerful first. */
export function byPower(changes: Changes): readonly DirectoryChange[] {
  return POWER.flatMap((kind) => changes.filter((change) => change.kind === kind));
}

function isList(change: DirectoryChange): change is ListChange {
  return change.attribute === 'msDS-AllowedToDelegateTo';
}

function textsOf(change: ListChange | TrustChange): readonly string[] {
  if (!isList(change)) return [bitsText(change)];
  return SIGNS.flatMap(({ sign, of }) => change[of].map((value) => `${sign} ${unmistakable(value)}`));
}

/** A value as it is; in quotes where its spaces could make it look like two, once a screen breaks the line. */
function unmistakable(value: string): string {
  const isPlain = /^(?:Microsoft Virtual System Migration Service|[^\s/"]+)\/\S+$/.test(value);
  const shown = quoted(value);
  return isPlain || shown !== value ? shown : JSON.stringify(value);
}

function headingOf(change: DirectoryChange): string {
  const staying = isList(change) ? stayingIn(change).length : 0;
  return [
    objectText(change),
    ...(staying > 0 ? [stayingText(staying)] : []),
    ...(change.by === 'hand' ? ['by a person'] : []),
  ].join(', ');
}
