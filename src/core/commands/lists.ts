import type { DelegationsAsk, HostName } from './ask';
import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { readOnlyHost } from './only-host';
import { quoteFound } from './problem';
import { textOf } from './typed-text';

const ONE_HOST = 'One host is shown at a time; without a host all of them are.';

/** Reads `[HOST] [--verify] [--raw]`, in any order. */
export function readDelegations(cursor: CommandCursor): DelegationsAsk {
  const { host, flags } = readHostAndFlags(cursor, ['verify', 'raw'], ONE_HOST);
  return { verb: 'delegations', host, verify: flags.has('verify'), raw: flags.has('raw') };
}

/** Reads one host at most, and flags of these, in any order; `why`: what is said to a second host. */
export function readHostAndFlags(
  cursor: CommandCursor,
  names: readonly string[],
  why: string,
): { readonly host: HostName | null; readonly flags: ReadonlySet<string> } {
  let host: HostName | null = null;
  const flags = new Set<string>();
  for (cursor.skipSpaces(); !cursor.atEnd; cursor.skipSpaces()) {
    if (cursor.isDash(cursor.peek())) flags.add(readFlag(cursor, names, flags));
    else if (host === null) host = readOnlyHost(cursor, why);
    else {
      const summary = `${quoteFound(cursor.found())} is more than this command takes.`;
      throw cursor.refuse('command.extra', summary, {
        expected: ['one host at most', ...names.map(dashed)].join(', '),
      });
    }
  }
  return { host, flags };
}

function readFlag(cursor: CommandCursor, names: readonly string[], seen: ReadonlySet<string>): string {
  const position = cursor.position;
  const marks = textOf(cursor.takeWhile(() => cursor.isDash(cursor.peek())));
  const word = textOf(cursor.takeWord()).toLowerCase();
  const flag = names.find((name) => name === word);
  if (flag === undefined) {
    const nearest = nearestWord(word, names);
    throw cursor.refuse('command.option', `${quoteFound(marks + word)} is not an option.`, {
      position,
      expected: names.map(dashed).join(', '),
      nearest: nearest === null ? null : dashed(nearest),
    });
  }
  if (seen.has(flag)) {
    const summary = `The option --${flag} is given twice.`;
    throw cursor.refuse('command.option', summary, { expected: 'each option once', position });
  }
  return flag;
}

function dashed(name: string): string {
  return `--${name}`;
}
