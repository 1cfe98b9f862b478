import type { HostsAsk, WhyAsk } from './ask';
import { readArrow } from './arrow';
import type { CommandCursor } from './cursor';
import { readHostAndFlags } from './lists';
import { readOnlyHost } from './only-host';
import { CommandRefusal, quoteFound } from './problem';
import { textOf } from './typed-text';

const ONE_HOST = 'One host is shown at a time; without a host all of them are.';
const WHY_HOST = 'A move has one source and one destination.';
const WHY_EXPECTED =
  'two hosts, such as hyper-v01 -> hyper-v02, or an error such as 0x8009030E or the text of an event';

/** Reads `[HOST] [--full]`, in any order. */
export function readHosts(cursor: CommandCursor): HostsAsk {
  const { host, flags } = readHostAndFlags(cursor, ['full'], ONE_HOST);
  return { verb: 'hosts', host, full: flags.has('full') };
}

/** Reads `A -> B [VM]`, or any text with an error in it: what has no arrow after its first word is text. */
export function readWhy(cursor: CommandCursor): WhyAsk {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    throw cursor.refuse('command.empty', 'What failed is missing.', { expected: WHY_EXPECTED });
  }
  const { place } = cursor;
  const from = tryHost(cursor);
  cursor.skipSpaces();
  if (!from || (cursor.arrowLength() === 0 && cursor.found().toLowerCase() !== 'to')) {
    cursor.place = place;
    const text = readText(cursor);
    if (text !== '') return { verb: 'why', text };
    throw cursor.refuse('command.empty', 'What failed is missing.', { expected: WHY_EXPECTED });
  }
  const { position } = cursor;
  if (readArrow(cursor, from.text)) {
    const summary = 'One direction is looked at a time, since each fails for reasons of its own.';
    throw cursor.refuse('command.arrow', summary, { expected: '->', position });
  }
  cursor.skipSpaces();
  if (cursor.atEnd) {
    const expected = 'the host that the machine should have moved to';
    throw cursor.refuse('command.empty', 'The destination is missing.', { expected });
  }
  const to = readOnlyHost(cursor, WHY_HOST);
  if (!cursor.atBreak) {
    const summary = `${quoteFound(cursor.found())} is more than this command takes.`;
    throw cursor.refuse('command.extra', summary, { expected: 'a machine, or the end' });
  }
  cursor.skipSpaces();
  const machine = readText(cursor);
  return { verb: 'why', from, to, machine: machine === '' ? null : machine };
}

function tryHost(cursor: CommandCursor): HostsAsk['host'] {
  try {
    return readOnlyHost(cursor, WHY_HOST);
  } catch (error) {
    if (error instanceof CommandRefusal) return null;
    throw error;
  }
}

/** A text in quotes, or as it stands up to the end. */
function readText(cursor: CommandCursor): string {
  if (cursor.atEnd) return '';
  if (cursor.atQuote) return textOf(cursor.takeQuoted());
  return textOf(cursor.takeWhile(() => true)).trim();
}
