import type { FreezeAsk } from './ask';
import type { CommandCursor } from './cursor';
import { checkReason } from './option-value';

const EXPECTED = 'why, 1 to 200 characters in quotes';

/** Reads the reason after `freeze` or `unfreeze`, in quotes or as it stands up to the end. */
export function readFreeze<Verb extends FreezeAsk['verb']>(
  verb: Verb,
): (cursor: CommandCursor) => FreezeAsk<Verb> {
  return (cursor) => {
    cursor.skipSpaces();
    const { position } = cursor;
    if (cursor.atEnd) {
      throw cursor.refuse('command.reason', 'The reason is missing.', { position, expected: EXPECTED });
    }
    const glyphs = cursor.atQuote ? cursor.takeQuoted() : trimmed(cursor.takeWhile(() => true));
    return { verb, why: checkReason(cursor, { position, glyphs }) };
  };
}

function trimmed<Glyph extends { readonly char: string }>(glyphs: readonly Glyph[]): readonly Glyph[] {
  return glyphs.slice(0, glyphs.findLastIndex(({ char }) => char !== ' ') + 1);
}
