import type { HyperVParts } from './parts';

/** Notes the load of every host, in one worker at a time, until the signal aborts. What a host does not say is left out; failing is no error. */
export async function sampleUntil(
  signal: AbortSignal,
  parts: HyperVParts,
  onError: (error: unknown) => void,
): Promise<void> {
  const { ledger, clock, worker, settings } = parts;
  const every = settings.sampleSeconds * 1_000;
  while (!signal.aborted) {
    try {
      const lease = await ledger.takeLease('load-sampler', worker, 2 * every);
      if (lease) await sample(parts);
    } catch (error) {
      onError(error);
    }
    await clock.wait(every, signal);
  }
}

/** By the worker's own clock: since when no worker is there is told by these times. */
async function sample({ hyperV, ledger, clock, settings }: HyperVParts): Promise<void> {
  for (const { host, facts } of await hyperV.inventory(settings.hosts)) {
    if (!facts) continue;
    const { free, total } = facts.memory;
    const load = Math.min(100, Math.max(0, Math.round(facts.load)));
    await ledger.noteLoad(host, {
      at: Math.round(clock.now()),
      load,
      free: Math.max(0, Math.round(free)),
      total: Math.max(0, Math.round(total)),
    });
  }
}
