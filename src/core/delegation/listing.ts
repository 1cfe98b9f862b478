/** `a`, `a and b`, `a, b and c`; after `most` entries the rest is only counted, since lists may come from the directory. */
export function listed(items: readonly string[], most = 5): string {
  const rest = items.length - most;
  const shown = rest > 0 ? [...items.slice(0, most), `${rest} more`] : items;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** A sentence of at most 2000 characters: what it quotes may have any length. */
export function clipped(sentence: string): string {
  return sentence.length <= MOST_CHARACTERS ? sentence : `${sentence.slice(0, MOST_CHARACTERS - 1)}…`;
}

const MOST_CHARACTERS = 2000;
