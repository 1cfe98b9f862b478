import { readArrow } from './arrow';
import { WINDOW_OPTIONS, windowOf } from './asked-window';
import type { MigrateAsk } from './ask';
import type { CommandCursor } from './cursor';
import { SAYING_OPTIONS, sayingOf } from './options';
import { quoteFound } from './problem';
import { readRest } from './rest';
import { readShortHost } from './short-hosts';
import { textOf } from './typed-text';
import { usageOfVerb } from './verbs';

/** As many as fit into a command anyway. */
const MOST_MACHINES = 32;
const LONGEST_NAME = 100;
const ONE_HOST = 'Machines move to one host; ask once for each.';

/** Reads `MACHINES -> HOST` and options. A name with a space, a comma or an arrow in it stands in quotes. */
export function readMigrate(cursor: CommandCursor): MigrateAsk {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    const expected = usageOfVerb('migrate');
    throw cursor.refuse('command.empty', 'The machine is missing.', { expected });
  }
  const machines = readMachines(cursor);
  const { position } = cursor;
  if (readArrow(cursor, machines.at(-1) ?? '')) {
    const summary = 'A machine moves one way; to bring it back is a request of its own.';
    throw cursor.refuse('command.arrow', summary, { expected: '->', position });
  }
  cursor.skipSpaces();
  if (cursor.atEnd) {
    throw cursor.refuse('command.empty', 'The destination is missing.', { expected: 'the host to move to' });
  }
  const to = readShortHost(cursor, { onlyOne: ONE_HOST, expected: 'one host, such as hyper-v02' });
  const names = ['storage-only', 'no-delegate', ...WINDOW_OPTIONS, ...SAYING_OPTIONS] as const;
  const options = readRest(cursor, { verb: 'migrate', names });
  const { 'storage-only': storageOnly = null, 'no-delegate': noDelegate = false } = options;
  const said = { ...windowOf(cursor, options), ...sayingOf(options) };
  return { verb: 'migrate', machines, to, storageOnly, noDelegate, ...said };
}

function readMachines(cursor: CommandCursor): readonly string[] {
  const names: string[] = [];
  do {
    if (names.length > 0) cursor.take(1);
    cursor.skipSpaces();
    names.push(readMachine(cursor, names));
  } while (cursor.peek() === ',');
  return names;
}

function readMachine(cursor: CommandCursor, before: readonly string[]): string {
  const { position } = cursor;
  const name = textOf(
    cursor.atQuote ? cursor.takeQuoted() : cursor.takeWhile(() => !cursor.atBreak && !isEnd(cursor)),
  ).trim();
  const expected = 'the name or the id of a machine, in quotes if it has a space';
  if (name === '' || name.length > LONGEST_NAME) {
    const summary =
      name === '' ? 'The name of a machine is missing here.' : 'No machine has such a long name.';
    throw cursor.refuse('command.machine', summary, { position, expected });
  }
  if (before.some((each) => each.toLowerCase() === name.toLowerCase())) {
    const summary = `The list holds ${quoteFound(name)} a second time here.`;
    throw cursor.refuse('command.double', summary, { position, expected: 'each machine once in a list' });
  }
  if (before.length >= MOST_MACHINES) {
    const summary = `One request moves ${MOST_MACHINES} machines at most; to empty a host, ask /drain.`;
    throw cursor.refuse('command.machine', summary, { position, expected });
  }
  return name;
}

function isEnd(cursor: CommandCursor): boolean {
  return cursor.peek() === ',' || cursor.arrowLength() > 0;
}
