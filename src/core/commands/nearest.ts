const LONGEST_WORD = 64;
const MOST_WORDS = 5000;

/**
 * The known word that `word` was probably meant to be, or null. Letter case does not count; of equally near words the
 * first in `known` wins. About one mistake (a letter missing, added, wrong, or two swapped) per three letters is
 * forgiven, at most three; words over 64 letters and known words after the 5000th are not looked at.
 */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (word === '' || word.length > LONGEST_WORD) return null;
  let nearest: string | null = null;
  let least = Infinity;
  for (const candidate of known.slice(0, MOST_WORDS)) {
    const longer = Math.max(word.length, candidate.length);
    const forgiven = Math.min(3, Math.max(1, Math.floor(longer / 3)), longer - 1);
    if (candidate.length > LONGEST_WORD || Math.abs(word.length - candidate.length) > forgiven) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= forgiven && distance < least) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

/** Damerau's distance in its optimal string alignment form: no letter takes part in two mistakes. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 2] === to[column - 1] && from[row - 1] === to[column - 2];
      line[column] = Math.min(
        cost(last, column) + 1,
        cost(line, column - 1) + 1,
        cost(last, column - 1) + (same ? 0 : 1),
        swapped && row > 1 && column > 1 ? cost(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = line;
  }
  return cost(last, to.length);
}

function cost(line: readonly number[], column: number): number {
  return line[column] ?? Infinity;
}
