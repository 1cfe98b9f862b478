/**
 * Kills the own process with SIGKILL at one exact place, for the tests that show that every crash heals. The place is
 * `before|after PORT.METHOD`, for commits with what they record: `after ledger.commit:intent`, `before directory.modify`.
 * `pause PORT.METHOD` stops the process (SIGSTOP) just before the call instead: it goes on when somebody continues it.
 */
export function crashAt(place: string): <T extends object>(name: string, port: T) => T {
  const [when, what] = place.split(' ');
  return (name, port) =>
    new Proxy(port, {
      get(target, key): unknown {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const isPlace = placeOf(`${name}.${String(key)}`, args).includes(what ?? '');
          if (isPlace && when === 'before') return die();
          if (isPlace && when === 'pause') process.kill(process.pid, 'SIGSTOP');
          const result: unknown = Reflect.apply(value, target, args);
          return isPlace && when === 'after' ? Promise.resolve(result).then(die) : result;
        };
      },
    });
}

/** The names of a call: with and without what a commit records. */
function placeOf(call: string, args: readonly unknown[]): string[] {
  const entry = args[2];
  const what =
    typeof entry === 'object' && entry !== null && 'what' in entry ? String(entry.what) : undefined;
  return what === undefined ? [call] : [call, `${call}:${what}`];
}

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}
