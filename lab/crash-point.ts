/**
 * Kills the own process with SIGKILL at one exact place, for the tests that show that every crash heals. The place is
 * `before|after PORT.METHOD`, for commits with what they record and for messages with their key: `after ledger.commit:intent`,
 * `before ledger.setDelivered:page-p1-2of4`.
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

/** The names of a call: with and without what a commit records, which may be several things, or the keys that it is about. */
function placeOf(call: string, args: readonly unknown[]): string[] {
  const recorded = [args[2]].flat().filter(isEntry);
  const keys = [args[1]].flat().filter((key) => typeof key === 'string');
  return [call, ...[...recorded.map(({ what }) => String(what)), ...keys].map((each) => `${call}:${each}`)];
}

function isEntry(value: unknown): value is { what: unknown } {
  return typeof value === 'object' && value !== null && 'what' in value;
}

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}
