import type { LoadLedger } from '../../core/hyperv/load-port';
import { SAMPLES_KEPT, type LoadSample } from '../../core/hyperv/load-sample';

/** The ring of each host's load, in memory. */
export function memoryLoad(): LoadLedger {
  const rings = new Map<string, readonly LoadSample[]>();
  let last: number | null = null;
  return {
    async noteLoad(host, sample) {
      rings.set(host, [...(rings.get(host) ?? []), { ...sample }].slice(-SAMPLES_KEPT));
      last = sample.at;
    },
    lastLoad: async () => last,
    loadOf: async (host, most = SAMPLES_KEPT) => structuredClone((rings.get(host) ?? []).slice(-most)),
  };
}
