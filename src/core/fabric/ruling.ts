import type { MachineReading } from '../hyperv-port';
import { firstOwner, rulesAbout, type MachineRule } from './machine-rules';
import { NO_NOTES, onlyOf, readNotes } from './notes-rule';

/** What all rules that are about a machine, and its notes, come to. */
export interface Ruling {
  /** Why it is not moved at all; null: it may be. */
  readonly pinned: string | null;
  /** Null: any host. */
  readonly onlyHosts: readonly string[] | null;
  readonly groups: readonly string[];
  readonly mayShutDown: boolean;
  readonly isTier0: boolean;
  readonly owner: string | null;
  /** Words of its notes that could not be read. */
  readonly unread: readonly string[];
}

/** Of most machines nothing is said. */
const FREE: Ruling = {
  pinned: null,
  onlyHosts: null,
  groups: [],
  mayShutDown: false,
  isTier0: false,
  owner: null,
  unread: [],
};

/** Joins rules and notes: what any of them forbids is forbidden, and only a rule of the settings allows. */
export function rulingOf(machine: MachineReading, rules: readonly MachineRule[]): Ruling {
  const own = rulesAbout(rules)(machine);
  const notes = readNotes(machine.notes);
  if (own.length === 0 && notes === NO_NOTES) return FREE;
  const byRule = own.find(({ pin }) => pin);
  const lists = [...own.map(({ onlyHosts }) => onlyHosts ?? null), notes.onlyHosts].filter(
    (each) => each !== null,
  );
  const groups = [...own.flatMap(({ keepApart }) => keepApart ?? []), ...notes.keepApart];
  return {
    pinned: byRule ? `the rule for ${byRule.match} pins it` : notes.pin ? 'its notes pin it' : null,
    onlyHosts: onlyOf(lists),
    groups: [...new Set(groups)].toSorted(),
    mayShutDown:
      own.some(({ mayShutDown }) => mayShutDown === true) &&
      own.every(({ mayShutDown }) => mayShutDown !== false) &&
      !notes.noShutDown,
    isTier0: own.some(({ tier0 }) => tier0 === true),
    owner: firstOwner(own),
    unread: notes.unread,
  };
}
