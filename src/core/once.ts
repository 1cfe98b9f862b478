/**
 * A function that is asked once for each object and remembers the answer as long as the object lives. Only for objects that are never
 * changed, and for answers that depend on nothing else.
 */
export function once<K extends object, V>(of: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly answer: V }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.answer;
    const answer = of(key);
    known.set(key, { answer });
    return answer;
  };
}
