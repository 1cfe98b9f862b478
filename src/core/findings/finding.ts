import { digest } from '../canonical';
import { originKey, type Landscape } from '../survey/landscape';
import type { SurveyedObject } from '../survey/survey';
import type { Tier0 } from '../settings';

/** Every code, the worst first; stable, since baselines and people refer to them. */
export const FINDING_CODES = [
  'target.controller',
  'target.tier0',
  'source.unconstrained',
  'spn.ghost',
  'spn.taken',
  'spn.duplicate',
  'rbcd.present',
  'service.unexpected',
  'source.kerberos-only',
  'pair.one-way',
  'name.short-only',
  'name.fqdn-only',
  'value.not-ours',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** How it is put right: a command of ours as it is typed, a step for a person with the exact line, or a command that shows more. */
export type Fix =
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'by-hand'; readonly text: string }
  | { readonly kind: 'look'; readonly text: string };

/** Something about delegation that is not as it should be. */
export interface Finding {
  readonly code: FindingCode;
  /** Names the facts that it consists of, by GUID: the same as long as they are the same, whatever hosts are called. Sorted. */
  readonly keys: readonly string[];
  /** The hosts that it is about, the delegating one first. */
  readonly hosts: readonly string[];
  /** The values or SPNs that it is about, sorted. */
  readonly values: readonly string[];
  /** One sentence. */
  readonly risk: string;
  /** One sentence. */
  readonly remedy: string;
  readonly fix: Fix;
}

/** What findings are judged from. */
export interface FindingInput extends Landscape {
  readonly tier0: Tier0;
}

/** A key: short, since a baseline holds one for every fact of a domain. */
export function factKey(code: FindingCode, ...about: readonly string[]): string {
  return digest([code, ...about]).slice(0, 24);
}

/** Keys for values of one object. */
export function valueKeys(
  code: FindingCode,
  object: SurveyedObject,
  values: readonly string[],
): readonly string[] {
  return values.map((value) => factKey(code, originKey(object.guid, value))).toSorted();
}
