import type { RequestRecord } from '../../core/request/record';
import { foldCase } from '../../core/delegation/values';

/** The objects, by folded GUID, that a request's plan changes after a transition and did not before it, and the other way round. */
export function changedObjects(
  seen: RequestRecord,
  next: RequestRecord,
): { readonly more: readonly string[]; readonly less: readonly string[] } {
  if (seen.plan === next.plan && next.ending === null) return { more: [], less: [] };
  const [before, after] = [objectsOf(seen), objectsOf(next)];
  return {
    more: [...after].filter((guid) => !before.has(guid)),
    less: [...before].filter((guid) => !after.has(guid)),
  };
}

/** A request that has ended changes nothing any more. */
function objectsOf({ plan, ending }: RequestRecord): ReadonlySet<string> {
  return new Set(ending ? [] : plan?.directory.changes.map(({ guid }) => foldCase(guid)));
}
