import type { DelegateAsk, HostName, Service } from './ask';
import type { CommandCursor } from './cursor';
import { readHost } from './host-name';
import { readOption, type Options } from './options';
import { quoteFound } from './problem';
import { readServices, SERVICES } from './services';
import { findVerb, usageOf } from './verbs';

/** Reads `SOURCE -> DESTINATION [SERVICES] [options]`; services and options in any order after the hosts. */
export function readDelegate(cursor: CommandCursor): DelegateAsk {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    const entry = findVerb('delegate');
    const usage = entry === null ? '' : usageOf(entry);
    throw cursor.refuse('command.empty', 'Both hosts are missing.', { expected: usage });
  }
  const source = readHost(cursor, 'source');
  readArrow(cursor, source);
  cursor.skipSpaces();
  const position = cursor.position;
  const destination = readHost(cursor, 'destination');
  if (isSameHost(source, destination)) {
    const same = `Source and destination are the same host, ${quoteFound(destination.text)}`;
    const summary = `${same}; a host needs no delegation to itself.`;
    throw cursor.refuse('command.same', summary, { expected: 'another host as destination', position });
  }
  return { verb: 'delegate', source, destination, ...readRest(cursor) };
}

function readArrow(cursor: CommandCursor, source: HostName): void {
  cursor.skipSpaces();
  const found = cursor.found();
  const length = found.toLowerCase() === 'to' ? 2 : cursor.arrowLength();
  if (length > 0) {
    cursor.take(length);
    return;
  }
  const what = cursor.atEnd ? 'the text ends' : `${quoteFound(found)} stands here`;
  const summary = `An arrow should follow the source host ${quoteFound(source.text)}, but ${what}.`;
  throw cursor.refuse('command.arrow', summary, {
    expected: 'an arrow (->, =>, → or “to”) and the destination host',
  });
}

function readRest(cursor: CommandCursor): Pick<DelegateAsk, 'services' | 'reason' | 'ticket' | 'planOnly'> {
  const options: Options = {};
  let services: readonly Service[] | null = null;
  for (;;) {
    requireBreak(cursor);
    cursor.skipSpaces();
    refuseArrow(cursor);
    if (cursor.atEnd) break;
    if (cursor.isDash(cursor.peek())) readOption(cursor, options);
    else services = readServices(cursor, services !== null);
  }
  return {
    services: services ?? SERVICES,
    reason: options.reason ?? null,
    ticket: options.ticket ?? null,
    planOnly: options.plan ?? false,
  };
}

function requireBreak(cursor: CommandCursor): void {
  refuseArrow(cursor);
  if (cursor.atBreak) return;
  throw cursor.refuse('command.extra', `${quoteFound(cursor.found())} follows here without a space.`, {
    expected: 'a space, or the end; a quotation mark inside quotes is written twice',
  });
}

function refuseArrow(cursor: CommandCursor): void {
  if (cursor.arrowLength() === 0) return;
  const expected = 'one source and one destination per request';
  throw cursor.refuse('command.arrow', 'A second arrow stands here.', { expected });
}

/** A short name is taken for the same host as a full name that begins with it: nobody asks across domains like that. */
function isSameHost(one: HostName, other: HostName): boolean {
  const [first, second] = [one.text.toLowerCase(), other.text.toLowerCase()];
  if (one.kind === other.kind) return first === second;
  return one.kind !== 'dn' && other.kind !== 'dn' && first.split('.')[0] === second.split('.')[0];
}
