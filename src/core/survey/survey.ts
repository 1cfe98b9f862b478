import type { ComputerObject, SpnHolder } from '../delegation/observation';

/** An object as a survey reads it. */
export interface SurveyedObject extends ComputerObject {
  /** Has msDS-AllowedToActOnBehalfOfOtherIdentity: resource-based delegation to it, whoever it names. */
  readonly actedOnBehalf: boolean;
}

/** Every object that holds one SPN by its very text, as the directory compares texts. */
export interface SpnHolding {
  readonly spn: string;
  readonly holders: readonly SpnHolder[];
}

/**
 * The delegation of a whole domain, from one server: every computer below the search bases, every object anywhere that delegates, is
 * trusted without limits or is delegated to, and every domain controller. No object stands twice.
 */
export interface Survey {
  readonly server: string;
  /** Before the first reading; milliseconds since 1970. */
  readonly at: number;
  readonly objects: readonly SurveyedObject[];
  /** One for each text of `spnsToResolve`. */
  readonly holdings: readonly SpnHolding[];
  /** DNs of objects that could not be read whole; nothing is said about them. Sorted. */
  readonly unread: readonly string[];
}
