import { WINDOW_OPTIONS, windowOf } from './asked-window';
import type { DrainAsk, RebalanceAsk, ReturnAsk } from './ask';
import type { CommandCursor } from './cursor';
import { SAYING_OPTIONS, sayingOf } from './options';
import { quoteFound } from './problem';
import { readRest } from './rest';
import { HOSTS_EXPECTED, readShortHost, readShortHosts } from './short-hosts';
import { usageOfVerb } from './verbs';

/** Reads `HOSTS [to HOSTS]` and options; an arrow says the same as “to”. */
export function readDrain(cursor: CommandCursor): DrainAsk {
  const hosts = readHosts(cursor, 'drain');
  const { position } = cursor;
  const to = takeTo(cursor) ? readHosts(cursor, 'drain') : null;
  const flags = ['return', 'rolling', 'make-room', 'no-storage', 'no-delegate'] as const;
  const names = ['max', ...flags, ...WINDOW_OPTIONS, ...SAYING_OPTIONS] as const;
  const options = readRest(cursor, { verb: 'drain', names });
  const { max = null, 'no-storage': noStorage = false, 'no-delegate': noDelegate = false } = options;
  // One host after the other means nothing where machines stay away.
  const returns = options.rolling ? 'rolling' : options.return ? 'all' : null;
  const makeRoom = options['make-room'] ?? false;
  if (makeRoom && returns !== null) {
    const summary = 'Machines that make room do not come back by themselves.';
    throw cursor.refuse('command.option', summary, {
      expected: '--make-room without --return and --rolling',
    });
  }
  const double = returns === 'rolling' ? undefined : to?.find((host) => hosts.includes(host));
  if (double !== undefined) {
    const summary = `${quoteFound(double)} is to be emptied, and cannot take machines as well.`;
    throw cursor.refuse('command.same', summary, { position, expected: 'other hosts after “to”' });
  }
  const said = { ...windowOf(cursor, options), ...sayingOf(options) };
  return { verb: 'drain', hosts, to, most: max, noStorage, noDelegate, makeRoom, returns, ...said };
}

/** Reads `HOST` and options. */
export function readReturn(cursor: CommandCursor): ReturnAsk {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    throw cursor.refuse('command.empty', 'The host is missing.', { expected: usageOfVerb('return') });
  }
  const onlyOne = 'Machines are brought back to one host at a time.';
  const host = readShortHost(cursor, { onlyOne, expected: HOSTS_EXPECTED });
  const names = ['max', 'no-delegate', ...WINDOW_OPTIONS, ...SAYING_OPTIONS] as const;
  const options = readRest(cursor, { verb: 'return', names });
  const { max = null, 'no-delegate': noDelegate = false } = options;
  const said = { ...windowOf(cursor, options), ...sayingOf(options) };
  return { verb: 'return', host, most: max, noDelegate, ...said };
}

/** Reads `[HOSTS]` and options; without hosts all of them are meant. */
export function readRebalance(cursor: CommandCursor): RebalanceAsk {
  const { place } = cursor;
  cursor.skipSpaces();
  const isNamed = !cursor.atEnd && cursor.optionDashes() === 0;
  // Options are told from a host by the space before them.
  if (!isNamed) cursor.place = place;
  const hosts = isNamed ? readHosts(cursor, 'rebalance') : null;
  if (hosts?.length === 1) {
    const summary = 'One host cannot be evened out with itself.';
    throw cursor.refuse('command.host', summary, { expected: 'two hosts or more, or none for all of them' });
  }
  const names = ['max', ...WINDOW_OPTIONS, ...SAYING_OPTIONS] as const;
  const options = readRest(cursor, { verb: 'rebalance', names });
  const said = { ...windowOf(cursor, options), ...sayingOf(options) };
  return { verb: 'rebalance', hosts, most: options.max ?? null, ...said };
}

function takeTo(cursor: CommandCursor): boolean {
  const { place } = cursor;
  cursor.skipSpaces();
  const length = cursor.found().toLowerCase() === 'to' ? 2 : cursor.peek() === '<' ? 0 : cursor.arrowLength();
  if (length > 0) cursor.take(length);
  else cursor.place = place;
  return length > 0;
}

function readHosts(cursor: CommandCursor, verb: 'drain' | 'rebalance'): readonly string[] {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    throw cursor.refuse('command.empty', 'The hosts are missing.', { expected: usageOfVerb(verb) });
  }
  // `all` would be emptied to nowhere.
  return readShortHosts(cursor, 'cannot be meant here: each is named.');
}
