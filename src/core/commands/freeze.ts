import type { CommandCursor } from './cursor';
import { checkReason } from './option-value';
import type { FreezeAsk } from './word-ask';

const EXPECTED = 'why, 1 to 200 characters in quotes';

/** Reads the reason after `freeze` or `unfreeze`. */
export function readFreeze<Verb extends FreezeAsk['verb']>(
  verb: Verb,
): (cursor: CommandCursor) => FreezeAsk<Verb> {
  return (cursor) => ({ verb, why: readWords(cursor) });
}

/** Reads why, in quotes or as it stands up to the end. */
export function readWords(cursor: CommandCursor): string {
  cursor.skipSpaces();
  const { position } = cursor;
  if (cursor.atEnd) {
    throw cursor.refuse('command.reason', 'The reason is missing.', { position, expected: EXPECTED });
  }
  const glyphs = cursor.atQuote ? cursor.takeQuoted() : trimmed(cursor.takeWhile(() => true));
  return checkReason(cursor, { position, glyphs });
}

function trimmed<Glyph extends { readonly char: string }>(glyphs: readonly Glyph[]): readonly Glyph[] {
  return glyphs.slice(0, glyphs.findLastIndex(({ char }) => char !== ' ') + 1);
}
