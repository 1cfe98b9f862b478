const everyMs = 50;

/** Waits until `look` gives something other than undefined, and gives that. Throws, naming what was waited for, after `withinMs`. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined>,
  withinMs = 45_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
    await new Promise<void>((resolve) => {
      setTimeout(resolve, everyMs);
    });
  }
}
