import type { Clock, Ledger, Random } from '../core/ports';

/** The programs that show that they live. */
export type Present = 'bot' | 'conduct' | 'directory' | 'hyperv';

/** Leases of this name tell which programs live; the reason says where. */
export const PRESENCE = 'present-';

const EVERY_MS = 5_000;
const LIFE_MS = 20_000;

/** Shows that a program lives, until it is stopped. Failing is no error: then it is not seen for a while. */
export function showPresence(
  { ledger, clock, random }: { ledger: Ledger; clock: Clock; random: Random },
  { program, place }: { program: Present; place: string },
): { stop(): Promise<void> } {
  const holder = random.hex(4);
  const end = new AbortController();
  const key = `${PRESENCE}${program}-${holder}`;
  const showing = (async () => {
    while (!end.signal.aborted) {
      await ledger.takeLease(key, holder, LIFE_MS, place).catch(() => null);
      await clock.wait(EVERY_MS, end.signal);
    }
    const lease = await ledger.takeLease(key, holder, LIFE_MS).catch(() => null);
    if (lease) await ledger.releaseLease(lease).catch(() => undefined);
  })();
  return {
    async stop() {
      end.abort();
      await showing;
    },
  };
}
