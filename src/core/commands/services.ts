import type { Service } from './ask';
import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { quoteFound } from './problem';
import { textOf } from './typed-text';

/** Every service that may be asked for, in canonical order; all of them are asked for by default. */
export const SERVICES: readonly Service[] = ['cifs', 'migration'];

const NAMES: readonly (readonly [string, Service])[] = [
  ['cifs', 'cifs'],
  ['smb', 'cifs'],
  ['migration', 'migration'],
  ['lm', 'migration'],
  ['Microsoft Virtual System Migration Service', 'migration'],
];

const EXPECTED =
  'cifs, migration or both with a comma, or an option; a reason of several words stands in quotes';

/** Reads a list such as `cifs, migration`; `again` says that one was read before, which is refused. */
export function readServices(cursor: CommandCursor, again: boolean): readonly Service[] {
  const asked = new Set<Service>();
  const start = cursor.position;
  for (;;) {
    cursor.skipSpaces();
    const position = cursor.position;
    const service = readService(cursor);
    if (asked.has(service)) throw twice(cursor, position, `The service ${service} is named twice.`);
    asked.add(service);
    if (!takeComma(cursor)) break;
  }
  if (again) throw twice(cursor, start, 'A second list of services stands here.');
  return SERVICES.filter((service) => asked.has(service));
}

function readService(cursor: CommandCursor): Service {
  const position = cursor.position;
  const name = cursor.atQuote
    ? textOf(cursor.takeQuoted()).trim()
    : textOf(cursor.takeWhile(() => !cursor.atBreak && cursor.peek() !== ','));
  const known = NAMES.find(([spelling]) => spelling.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known[1];
  const found = `${quoteFound(name)} is not a service that can be delegated.`;
  throw cursor.refuse('command.service', name === '' ? 'A service is missing here.' : found, {
    position,
    expected: EXPECTED,
    nearest: nearestWord(
      name,
      NAMES.map(([spelling]) => spelling),
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
