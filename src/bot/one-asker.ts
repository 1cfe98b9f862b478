/** Whoever asks the same while it is being asked waits for the same answer: at the start, or when an answer has grown old, many ask at once. */
export function oneAsker<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (key) => {
    const flying = asked.get(key);
    if (flying) return flying;
    const answer = ask(key).finally(() => asked.delete(key));
    asked.set(key, answer);
    return answer;
  };
}
