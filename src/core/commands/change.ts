import { refuseArrow } from './arrow';
import type { ChangeAsk, DelegateAsk, UndelegateAsk, Way } from './ask';
import type { CommandCursor } from './cursor';
import { readOption, type Options } from './options';
import { quoteFound } from './problem';
import { readServices, readServicesOrAll, SERVICES } from './services';
import { readSides } from './sides';
import { findVerb, usageOf } from './verbs';

/** Reads what follows `delegate`: hosts, then services and options in any order. Without services, all of them are meant. */
export function readDelegate(cursor: CommandCursor): DelegateAsk {
  const { services, ...ask } = readChange(cursor, { verb: 'delegate', readServices });
  return { verb: 'delegate', ...ask, services: services ?? SERVICES };
}

/** Reads what follows `undelegate`, which has the same form; without services, whatever the list holds is meant. */
export function readUndelegate(cursor: CommandCursor): UndelegateAsk {
  const { services, ...ask } = readChange(cursor, { verb: 'undelegate', readServices: readServicesOrAll });
  return { verb: 'undelegate', ...ask, services: services ?? 'all' };
}

interface ChangeForm<Services> {
  readonly verb: ChangeAsk['verb'];
  readonly readServices: (cursor: CommandCursor, again: boolean) => Services;
}

type ReadChange<Services> = Omit<ChangeAsk, 'verb' | 'services'> & { readonly services: Services | null };

function readChange<Services>(cursor: CommandCursor, form: ChangeForm<Services>): ReadChange<Services> {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    const entry = findVerb(form.verb);
    const usage = entry === null ? '' : usageOf(entry);
    throw cursor.refuse('command.empty', 'Both hosts are missing.', { expected: usage });
  }
  const sides = readSides(cursor);
  const options: Options = {};
  let services: Services | null = null;
  while (hasMore(cursor, sides.way)) {
    if (cursor.isDash(cursor.peek())) readOptionOf(cursor, sides.way, options);
    else services = form.readServices(cursor, services !== null);
  }
  return {
    ...sides,
    way: options.both === true ? 'both-ways' : sides.way,
    services,
    reason: options.reason ?? null,
    ticket: options.ticket ?? null,
    planOnly: options.plan ?? false,
  };
}

function hasMore(cursor: CommandCursor, way: Way): boolean {
  refuseArrow(cursor, way === 'mesh');
  if (!cursor.atBreak) {
    throw cursor.refuse('command.extra', `${quoteFound(cursor.found())} follows here without a space.`, {
      expected: 'a space, or the end; a quotation mark inside quotes is written twice',
    });
  }
  cursor.skipSpaces();
  refuseArrow(cursor, way === 'mesh');
  return !cursor.atEnd;
}

function readOptionOf(cursor: CommandCursor, way: Way, options: Options): void {
  const { position } = cursor;
  readOption(cursor, options);
  if (way !== 'mesh' || options.both === undefined) return;
  const summary = 'A mesh goes both ways already, so --both says nothing more.';
  throw cursor.refuse('command.option', summary, { expected: 'no --both on a mesh', position });
}
