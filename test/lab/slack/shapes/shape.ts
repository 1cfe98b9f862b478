import { isFields } from '../../../../lab/slack/fields';

// payloads.json and answers.json hold facts only, field names and JSON types, taken from the samples that Slack publishes in
// slackapi/java-slack-sdk 1.50.0 (json-logs/samples, MIT), and for block_suggestion and shortcut from the payloads in the
// scenario tests of slackapi/bolt-python (MIT). Blocks, files and other objects that the stand-in does not send are
// not followed further. left-out.json names what the samples have and the stand-in does not send.

/** The JSON types of a message, by path: `user.id`, `actions[].value`. */
type Shape = ReadonlyMap<string, string>;

/** A table as it stands in the files beside this one: JSON type → paths, separated by spaces. */
type ShapeTable = Record<string, string>;

/** The table as a shape. */
function readTable(table: ShapeTable): Shape {
  return new Map(
    Object.entries(table).flatMap(([type, paths]) =>
      paths.split(' ').map((path): [string, string] => [path, type]),
    ),
  );
}

/**
 * The shape of what was sent, as deep as `known` goes: below a path without any deeper one nothing is looked at. Null has no
 * type: Slack writes it for "none".
 */
function shapeOf(sent: unknown, known: Shape): Shape {
  const found = new Map<string, string>();
  const deeper = new Set([...known.keys()].flatMap((path) => parents(path)));
  const walk = (value: unknown, path: string): void => {
    if (path !== '') found.set(path, typeOf(value));
    if (path !== '' && !deeper.has(path)) return;
    if (Array.isArray(value)) for (const item of value) walk(item, `${path}[]`);
    if (isFields(value))
      for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`);
  };
  walk(sent, '');
  return found;
}

/** How what was sent differs from a table and the further fields that Slack documents elsewhere (path → JSON type). */
export function compare(
  sent: unknown,
  table: ShapeTable,
  also: Record<string, string> = {},
): { unknown: string[]; otherTypes: string[]; leftOut: string[]; nulls: string[] } {
  const published = readTable(table);
  const known = new Map([...published, ...Object.entries(also)]);
  const shape = shapeOf(sent, published);
  const paths = [...shape].filter(([, type]) => type !== 'null');
  return {
    unknown: [...shape.keys()].filter((path) => !known.has(path)),
    otherTypes: paths.flatMap(([path, type]) =>
      known.has(path) && known.get(path) !== type ? [`${path}: ${type}`] : [],
    ),
    leftOut: leftOut(shape, published),
    nulls: [...shape.keys()].filter((path) => shape.get(path) === 'null'),
  };
}

/** The paths of a list in one string that were not sent, or only as null. */
export function missing(sent: unknown, table: ShapeTable, wanted: string): string[] {
  const shape = shapeOf(sent, readTable(table));
  return wanted.split(' ').filter((path) => (shape.get(path) ?? 'null') === 'null');
}

/** Known paths that were not sent although what holds them was; what is below such a path goes without saying. */
function leftOut(sent: Shape, known: Shape): string[] {
  return [...known.keys()].filter(
    (path) => !sent.has(path) && parents(path).every((parent) => sent.has(parent)),
  );
}

/** `a.b[].c` has the parents `a`, `a.b` and `a.b[]`. */
function parents(path: string): string[] {
  const steps = path.split(/(?=\.|\[\])/);
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join(''));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
