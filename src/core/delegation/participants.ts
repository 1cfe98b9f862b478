import type { DirectoryAsk } from '../commands/ask';
import { listed } from './listing';
import { reachesOthers } from './observed';
import type { PlanInput } from './pairs';
import type { DirectoryChange, DirectoryPart } from './plan';
import { foldCase } from './values';

/**
 * How the facts may have changed what an ask comes to that does not itself name all hosts and values: hosts came or went, or
 * (of an undo) others want values by now. Null where an ask says it all, or nothing of it has changed.
 */
export function describeParticipants(
  input: PlanInput<DirectoryAsk>,
  decided: DirectoryPart,
  fresh: DirectoryPart | null,
): string | null {
  if (!reachesOthers(input) && input.ask.verb !== 'undo') return null;
  const [then, now] = [wishesOf(decided), wishesOf(fresh ?? { changes: [] })];
  const came = [...now.keys()].filter((key) => !then.has(key)).flatMap((key) => now.get(key) ?? []);
  const went = [...then.keys()].filter((key) => !now.has(key)).flatMap((key) => then.get(key) ?? []);
  const sentences = [
    came.length > 0 ? `By now it would also be about ${listed(came)}.` : null,
    went.length > 0 ? `By now it would no longer be about ${listed(went)}.` : null,
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** What a part does to which value of which object, in words. */
function wishesOf({ changes }: Pick<DirectoryPart, 'changes'>): ReadonlyMap<string, string> {
  return new Map(changes.flatMap((change) => wishesIn(change)));
}

function wishesIn(change: DirectoryChange): readonly (readonly [string, string])[] {
  const { guid, name, attribute } = change;
  if (attribute === 'userAccountControl') return [[`${foldCase(guid)} trust`, `the trust mode of ${name}`]];
  const wishes = Object.entries({ add: change.add, keep: change.keep, remove: change.remove });
  return wishes.flatMap(([wish, values]) =>
    values.map((value) => [`${foldCase(guid)} ${wish} ${foldCase(value)}`, `${value} of ${name}`] as const),
  );
}
