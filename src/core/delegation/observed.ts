import type { ChangeAsk } from '../commands/ask';
import type { ComputerObject } from './observation';
import { foundByName, namesToRead, type PlanInput } from './pairs';
import type { DirectoryChange } from './plan';
import { isSameText } from './values';

/** Every object of an observation, once. */
export function observedObjects({
  observation,
}: Pick<PlanInput<ChangeAsk>, 'observation'>): readonly ComputerObject[] {
  const objects = [...observation.hosts.flatMap(({ found }) => found), ...observation.all];
  return [...new Map(objects.map((object) => [object.guid, object])).values()];
}

/** The objects that may be changed: each name of a source that means exactly one, and all if all were asked for. */
export function askedSources(input: PlanInput<ChangeAsk>): readonly ComputerObject[] {
  const { sources, all } = namesToRead(input.ask);
  const found = foundByName(input.observation);
  const named = sources.flatMap((name) => {
    const [object, ...others] = found(name);
    return object && others.length === 0 ? [object] : [];
  });
  const objects = all ? [...named, ...input.observation.all] : named;
  return [...new Map(objects.map((object) => [object.guid, object])).values()];
}

/**
 * The source that a decided change is about: by objectGUID, else by name or place, since the same host may have been
 * created anew. Null when no source of the ask is it.
 */
export function changedObject(
  input: PlanInput<ChangeAsk>,
  change: Pick<DirectoryChange, 'guid' | 'name' | 'dn'>,
): ComputerObject | null {
  const sources = askedSources(input);
  return (
    sources.find(({ guid }) => isSameText(guid, change.guid)) ??
    sources.find(({ name, dn }) => name === change.name || isSameText(dn, change.dn)) ??
    null
  );
}
