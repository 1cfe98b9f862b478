import type { DelegationsAsk } from './ask';
import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { readOnlyHost } from './only-host';
import { quoteFound } from './problem';
import { textOf } from './typed-text';

const FLAGS = ['verify', 'raw'] as const;
const ONE_HOST = 'One host is shown at a time; without a host all of them are.';

/** Reads `[HOST] [--verify] [--raw]`, in any order. */
export function readDelegations(cursor: CommandCursor): DelegationsAsk {
  let host: DelegationsAsk['host'] = null;
  const flags = new Set<string>();
  for (cursor.skipSpaces(); !cursor.atEnd; cursor.skipSpaces()) {
    if (cursor.isDash(cursor.peek())) flags.add(readFlag(cursor, flags));
    else if (host === null) host = readOnlyHost(cursor, ONE_HOST);
    else {
      const summary = `${quoteFound(cursor.found())} is more than this command takes.`;
      throw cursor.refuse('command.extra', summary, { expected: 'one host at most, --verify, --raw' });
    }
  }
  return { verb: 'delegations', host, verify: flags.has('verify'), raw: flags.has('raw') };
}

function readFlag(cursor: CommandCursor, seen: ReadonlySet<string>): string {
  const position = cursor.position;
  const marks = textOf(cursor.takeWhile(() => cursor.isDash(cursor.peek())));
  const word = textOf(cursor.takeWord()).toLowerCase();
  const flag = FLAGS.find((name) => name === word);
  if (flag === undefined) {
    const nearest = nearestWord(word, FLAGS);
    throw cursor.refuse('command.option', `${quoteFound(marks + word)} is not an option.`, {
      position,
      expected: '--verify, --raw',
      nearest: nearest === null ? null : `--${nearest}`,
    });
  }
  if (seen.has(flag)) {
    const summary = `The option --${flag} is given twice.`;
    throw cursor.refuse('command.option', summary, { expected: 'each option once', position });
  }
  return flag;
}
