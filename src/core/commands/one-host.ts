import type { HostName, OnboardAsk, RetireAsk } from './ask';
import type { CommandCursor } from './cursor';
import { isSameHost } from './host-terms';
import { readOnlyHost } from './only-host';
import { SAYING_OPTIONS, sayingOf } from './options';
import { quoteFound } from './problem';
import { readRest, type RestForm } from './rest';
import { usageOfVerb } from './verbs';

/** The word before the host whose group is joined. */
const LIKE = 'like';

const ONBOARD: RestForm = {
  verb: 'onboard',
  names: SAYING_OPTIONS,
  words: [LIKE],
  expected: 'one “like HOST”, then options; a reason of several words stands in quotes',
};
const RETIRE: RestForm = { verb: 'retire', names: SAYING_OPTIONS };

/** Reads `HOST [like HOST]` and options. A bare `like` is always the word, so a host of that name stands in quotes. */
export function readOnboard(cursor: CommandCursor): OnboardAsk {
  const host = readHost(cursor, 'onboard', 'One host is set up at a time.');
  const likes: HostName[] = [];
  const readWord = (): boolean => {
    if (likes.length > 0 || !isLike(cursor)) return false;
    likes.push(readLike(cursor, host));
    return true;
  };
  const options = readRest(cursor, { ...ONBOARD, readWord });
  return { verb: 'onboard', host, like: likes[0] ?? null, ...sayingOf(options) };
}

/** Reads `HOST` and options. */
export function readRetire(cursor: CommandCursor): RetireAsk {
  const host = readHost(cursor, 'retire', 'One host is taken out of service at a time.');
  return { verb: 'retire', host, ...sayingOf(readRest(cursor, RETIRE)) };
}

function readHost(cursor: CommandCursor, verb: 'onboard' | 'retire', summary: string): HostName {
  cursor.skipSpaces();
  if (cursor.atEnd)
    throw cursor.refuse('command.empty', 'The host is missing.', { expected: usageOfVerb(verb) });
  if (verb === 'onboard') refuseLike(cursor, 'The host before “like” is missing.');
  return readOnlyHost(cursor, summary);
}

function readLike(cursor: CommandCursor, host: HostName): HostName {
  cursor.take(LIKE.length);
  cursor.skipSpaces();
  const { position } = cursor;
  refuseLike(cursor, 'The word “like” stands here a second time.');
  const like = readOnlyHost(cursor, 'One host stands after “like”.');
  if (!isSameHost(host, like)) return like;
  const summary = `The host is to be like itself, ${quoteFound(like.text)}.`;
  throw cursor.refuse('command.same', summary, { expected: 'another host after “like”', position });
}

function isLike(cursor: CommandCursor): boolean {
  return cursor.found().toLowerCase() === LIKE;
}

function refuseLike(cursor: CommandCursor, summary: string): void {
  if (!isLike(cursor)) return;
  throw cursor.refuse('command.host', summary, {
    expected: 'a host such as hyper-v01; one that is called like stands in quotes',
  });
}
