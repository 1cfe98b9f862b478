import type { Home, HomeLedger } from '../../core/moves/homes-port';

/** Machines away from home, in memory. */
export function memoryHomes(): HomeLedger {
  const homes = new Map<string, Home>();
  return {
    async noteHome(machine, home) {
      if (home === null) homes.delete(machine);
      else if (!homes.has(machine)) homes.set(machine, { ...home });
    },
    homes: async () => structuredClone(homes),
  };
}
