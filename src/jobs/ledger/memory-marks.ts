import type { Clock, Ledger } from '../../core/ports';
import { foldCase } from '../../core/delegation/values';
import type { RequestRecord } from '../../core/request/record';
import { originKey } from '../../core/survey/landscape';
import type { changedObjects } from './changed-objects';
import type { OutcomeMarks } from './outcome-marks';

/** What recorded outcomes tell of values and objects, in memory. */
export interface MemoryMarks extends Pick<Ledger, 'changing' | 'claims' | 'lastWrites' | 'origins'> {
  /** Adds what a transition has recorded. */
  mark(marks: OutcomeMarks, of: Pick<RequestRecord, 'label' | 'until'>): void;
  /** Adds what its plan changes now. */
  change(objects: ReturnType<typeof changedObjects>, label: string): void;
  markWrite(write: OutcomeMarks['writes'][number]): void;
}

/** Indexes in memory, by the clock. */
export function memoryMarks(clock: Clock): MemoryMarks {
  /** `originKey` → label. */
  const origins = new Map<string, string>();
  /** `originKey` → label → end. */
  const claims = new Map<string, ReadonlyMap<string, number | null>>();
  const writes = new Map<string, { readonly server: string; readonly at: number }>();
  /** GUID → labels. */
  const changing = new Map<string, Set<string>>();
  const claimsOf = (key: string) =>
    [...(claims.get(key) ?? [])].map(([request, until]) => ({ request, until }));
  const markWrite = ({ guid, server }: OutcomeMarks['writes'][number]): void => {
    writes.set(foldCase(guid), { server, at: clock.now() });
  };
  return {
    origins: async (values) => values.map(({ guid, value }) => origins.get(originKey(guid, value)) ?? null),
    claims: async (values) => values.map(({ guid, value }) => claimsOf(originKey(guid, value))),
    lastWrites: async (guids) => structuredClone(guids.map((guid) => writes.get(foldCase(guid)) ?? null)),
    mark(marks, { label, until }) {
      for (const key of marks.origins) origins.set(key, label);
      for (const key of [...marks.origins, ...marks.kept]) {
        const others = [...(claims.get(key) ?? [])].filter(
          ([request, end]) => request !== label && (end === null || end > clock.now()),
        );
        claims.set(key, new Map([...others, [label, until]]));
      }
      for (const key of marks.removed) {
        origins.delete(key);
        claims.delete(key);
      }
      marks.writes.forEach(markWrite);
    },
    markWrite,
    changing: async (guids, most) =>
      guids.map((guid) => [...(changing.get(foldCase(guid)) ?? [])].toSorted().slice(0, most)),
    change({ more, less }, label) {
      for (const guid of more) changing.set(guid, (changing.get(guid) ?? new Set()).add(label));
      for (const guid of less) changing.get(guid)?.delete(label);
    },
  };
}
