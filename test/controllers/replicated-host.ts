import type { Directory, EverywhereReading } from '../../src/core/ports';
import { observePair } from '../support/pair-observation';

/** A host of a domain with several controllers, as Handover works with it. */
export interface ReplicatedHost {
  readonly name: string;
  readonly guid: string;
  /** Handover's own change, through the adapter; at its writer unless another is given. */
  change(change: { add?: string[]; remove?: string[] }, by?: Directory): Promise<'changed' | 'conflict'>;
  /** What `readEverywhere` says of its list, by server. */
  everywhere(by?: Directory): Promise<Record<string, string[] | 'absent' | 'silent'>>;
}

/** Finds it by its short name. Throws when it is not there. */
export async function findHost(directory: Directory, name: string): Promise<ReplicatedHost> {
  const asked = { kind: 'short', text: name } as const;
  const [found] = (await observePair(directory, { source: asked, destination: asked, services: [] })).source;
  if (!found) throw new Error(`No ${name}`);
  const { guid, dn } = found;
  return {
    name,
    guid,
    change: ({ add = [], remove = [] }, by = directory) =>
      by.modify({ guid, dn, attribute: 'msDS-AllowedToDelegateTo', add, remove }),
    async everywhere(by = directory) {
      const readings = await by.readEverywhere(guid);
      const listOf = ({ seen }: EverywhereReading) =>
        typeof seen === 'string' ? seen : seen.values.toSorted();
      return Object.fromEntries(readings.map((reading) => [reading.server, listOf(reading)]));
    },
  };
}
