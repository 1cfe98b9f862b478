import { putNewest } from './newest';

/** A function of a text that remembers its last answers, `most` of them. Only for answers that depend on the text alone. */
export function remembered<V>(of: (text: string) => V, most: number): (text: string) => V {
  const known = new Map<string, { readonly answer: V }>();
  return (text) => {
    const found = known.get(text);
    if (found) return found.answer;
    const answer = of(text);
    putNewest(known, [text, { answer }], most);
    return answer;
  };
}
