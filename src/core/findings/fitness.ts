import { hasBit } from '../delegation/account-control';
import { isController, isPlainAccount, tierZeroReason, whatElse } from '../delegation/guards/reach';
import type { SurveyedObject } from '../survey/survey';
import type { FindingInput } from './finding';

/** Whether the guards could let a plan be about this object at all, on either side. */
export function isFit(input: FindingInput, object: SurveyedObject): boolean {
  return (
    input.isInBases(object) &&
    whatElse(object) === null &&
    !isProtected(input, object) &&
    !hasBit(object.userAccountControl, 'disabled') &&
    isPlainAccount(object.samAccountName) &&
    object.dnsHostName !== null
  );
}

/** A domain controller or Tier 0: findings of their own, and no others make sense there. */
export function isProtected({ tier0 }: FindingInput, object: SurveyedObject): boolean {
  return isController(object) || tierZeroReason(object, tier0) !== null;
}
