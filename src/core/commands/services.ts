import type { Service } from './ask';
import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { quoteFound } from './problem';
import { textOf } from './typed-text';

/** Every service that may be asked for, in canonical order; all of them are asked for by default. */
export const SERVICES: readonly Service[] = ['cifs', 'migration'];

type Names = readonly (readonly [string, Service | 'all'])[];

const NAMES: Names = [
  ['cifs', 'cifs'],
  ['smb', 'cifs'],
  ['migration', 'migration'],
  ['lm', 'migration'],
  ['Microsoft Virtual System Migration Service', 'migration'],
];

const ALL_OR_NAMES: Names = [...NAMES, ['all', 'all']];

const EXPECTED =
  'cifs, migration or both with a comma, or an option; further hosts follow a comma without a space before it; ' +
  'a reason of several words stands in quotes';

/** The words that name a service, in lower case as far as a host can be called so. */
export const SERVICE_WORDS: readonly string[] = NAMES.map(([spelling]) => spelling);

/** Reads a list such as `cifs, migration`; `again` says that one was read before, which is refused. */
export function readServices(cursor: CommandCursor, again: boolean): readonly Service[] {
  const asked = readList(cursor, again, NAMES);
  return SERVICES.filter((service) => asked.has(service));
}

/** The same, or `all`, which stands alone. */
export function readServicesOrAll(cursor: CommandCursor, again: boolean): readonly Service[] | 'all' {
  const asked = readList(cursor, again, ALL_OR_NAMES);
  return asked.has('all') ? 'all' : SERVICES.filter((service) => asked.has(service));
}

function readList(cursor: CommandCursor, again: boolean, names: Names): ReadonlySet<Service | 'all'> {
  const asked = new Set<Service | 'all'>();
  const start = cursor.position;
  for (;;) {
    cursor.skipSpaces();
    const position = cursor.position;
    const service = readService(cursor, names);
    if (asked.has(service)) throw twice(cursor, position, `The service ${service} is named twice.`);
    asked.add(service);
    if (asked.size > 1 && asked.has('all'))
      throw twice(cursor, position, 'All services and one of them stand here.');
    if (!takeComma(cursor)) break;
  }
  if (again) throw twice(cursor, start, 'A second list of services stands here.');
  return asked;
}

function readService(cursor: CommandCursor, names: Names): Service | 'all' {
  const position = cursor.position;
  const name = cursor.atQuote
    ? textOf(cursor.takeQuoted()).trim()
    : textOf(cursor.takeWhile(() => !cursor.atBreak && cursor.peek() !== ','));
  const known = names.find(([spelling]) => spelling.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known[1];
  const found = `${quoteFound(name)} is not a service that can be delegated.`;
  throw cursor.refuse('command.service', name === '' ? 'A service is missing here.' : found, {
    position,
    expected: names === NAMES ? EXPECTED : `all, ${EXPECTED}`,
    nearest: nearestWord(
      name,
      names.map(([spelling]) => spelling),
    ),
  });
}

/** A comma may have spaces on both sides. Spaces without a comma after them are walked over: nothing hangs on them. */
function takeComma(cursor: CommandCursor): boolean {
  const spaces = cursor.takeWhile(() => cursor.peek() === ' ');
  if (cursor.peek() !== ',') {
    cursor.place -= spaces.length;
    return false;
  }
  cursor.take(1);
  return true;
}

function twice(cursor: CommandCursor, position: number, summary: string): Error {
  const expected = 'each service once, separated by commas';
  return cursor.refuse('command.service', summary, { position, expected });
}
