import type { HostName, Service } from '../../commands/ask';
import type { Tier0 } from '../../settings';
import { isSameDn } from '../distinguished-name';
import type { ComputerObject, PairObservation } from '../observation';
import type { Verdict } from '../plan';
import { foldCase } from '../values';

/** Bounds that hold for every plan. */
export interface Caps {
  /** The most values that one object's msDS-AllowedToDelegateTo may have after a plan. */
  readonly valuesPerHost: number;
  /** The most ordered pairs of one plan; absent: a mesh of 64 hosts. */
  readonly pairs?: number;
}

/** One ordered pair of an ask. */
export interface PairAsk {
  readonly source: HostName;
  readonly destination: HostName;
  readonly services: readonly Service[];
}

/** All that guards judge one pair from: what was asked, what was read, and this program's own settings. */
export interface GuardInput {
  readonly ask: PairAsk;
  readonly observation: PairObservation;
  /** DNs; a host must lie below one of them. */
  readonly searchBases: readonly string[];
  /** DNs; a computer below one of them may be the destination of cifs, and of nothing else. */
  readonly fileServerBases?: readonly string[];
  readonly tier0: Tier0;
  readonly caps?: Caps;
  /**
   * What the plan does for a source that is trusted for Kerberos only: the worker or a person sets the bit, or it stays, as
   * was asked (`kerberos`) or because nobody asked (absent).
   */
  readonly trust?: 'worker' | 'hand' | 'kerberos';
  /** The values that the whole plan wants on this source; absent: those of this pair. */
  readonly wanted?: readonly string[];
  /** Whether the plan contains the pair the other way round. */
  readonly isReturned?: boolean;
}

/** What a guard found; the list adds the guard's name. */
export type Finding = Omit<Verdict, 'check'>;

/**
 * One named check. Null: the question does not arise, because of something that another guard refuses. Names read
 * `area.reason` and are stable: they are the codes that people see and that the audit keeps.
 */
export interface Guard {
  readonly name: string;
  /** The one side that the answer depends on, so that it is asked once per host; absent: both. */
  readonly about?: Side;
  check(input: GuardInput): Finding | null;
}

export type Side = 'source' | 'destination';

export const SIDES: readonly Side[] = ['source', 'destination'];

/** All is well; nothing to do. */
export function ok(sentence: string): Finding {
  return { verdict: 'ok', sentence, remedy: '' };
}

/** The plan may go on, but people should know. */
export function warn(sentence: string, remedy: string): Finding {
  return { verdict: 'warn', sentence, remedy };
}

/** There will be no plan. */
export function refuse(sentence: string, remedy: string): Finding {
  return { verdict: 'refuse', sentence, remedy };
}

/** The one object that a side's name means, or null when there is none, several, or one that is spelled otherwise. */
export function foundObject(input: GuardInput, side: Side): ComputerObject | null {
  const found = input.observation[side];
  const [object] = found;
  return object && found.length === 1 && isNamed(input.ask[side], object) ? object : null;
}

/**
 * Whether the object has exactly the name that was asked for. The directory's own equality is not enough: it ignores
 * width, kana and accents (MS-ADTS 3.1.1.3.1.4), so that a look-alike answers to a host's name.
 */
export function isNamed(asked: HostName, object: ComputerObject): boolean {
  switch (asked.kind) {
    case 'short':
      return object.name === asked.text && foldCase(object.samAccountName).replace(/\$$/, '') === asked.text;
    case 'fqdn':
      return object.dnsHostName !== null && foldCase(object.dnsHostName) === asked.text;
    case 'dn':
      return isSameDn(object.dn, asked.text);
    case 'guid':
      return foldCase(object.guid) === asked.text;
  }
}
