import { grouped } from '../../../core/delegation/grouped';
import { isSameText } from '../../../core/delegation/values';
import { nameLines } from '../names';
import { clip, counted, visible } from '../text';

/** An object of which the name says all but its container. */
interface NamedObject {
  readonly name: string;
  readonly dn: string;
}

/**
 * Objects once each, by name, under a line that begins so: the container once if all share it, else with the names that are in
 * it. An object whose distinguished name does not begin with its own name stands in full.
 */
export function hostLines(beginning: string, objects: readonly NamedObject[]): readonly string[] {
  const placed = objects.map((object) => ({ ...object, container: containerOf(object) }));
  const groups = grouped(
    placed.filter(({ container }) => container !== null),
    ({ container }) => container ?? '',
  );
  const odd = placed.filter(({ container }) => container === null);
  const head = `${beginning} ${counted(objects.length, 'host')}`;
  const [only, ...others] = groups;
  if (only && others.length === 0 && odd.length === 0) {
    return [`${head} in ${shown(only)}:`, ...nameLines(only.map(({ name }) => name))];
  }
  return [
    `${head}:`,
    ...groups.flatMap((group) =>
      nameLines(group.map(({ name }) => name)).map((line) => `${line} in ${shown(group)}`),
    ),
    ...odd.map(({ name, dn }) => `${name} is ${clip(visible(dn), 300)}`),
  ];
}

/** Whether a name stands for itself in a list of names. */
export function isListable(name: string): boolean {
  return /^[a-z0-9_-]{1,60}$/.test(name);
}

function containerOf({ name, dn }: NamedObject): string | null {
  const [, leaf, container] = /^CN=([^\\,+=]*),(.+)$/is.exec(dn) ?? [];
  return leaf !== undefined && container !== undefined && isSameText(leaf, name) ? container : null;
}

function shown([first]: readonly { readonly container: string | null }[]): string {
  return clip(visible(first?.container ?? ''), 300);
}
