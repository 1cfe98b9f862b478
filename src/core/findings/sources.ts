import { hasBit } from '../delegation/account-control';
import { listed } from '../delegation/listing';
import { isPlainName } from '../delegation/guards/names';
import { spnsFor } from '../delegation/spn';
import { minusValues, sortValues } from '../delegation/values';
import { groupBy } from '../survey/grouping';
import { trustOf } from '../survey/landscape';
import type { SurveyedObject } from '../survey/survey';
import { factKey, valueKeys, type Finding, type FindingInput, type Fix } from './finding';
import { isFit } from './fitness';
import { allowAnyProtocol, clearActing, constrain } from './steps';

/** What is wrong with an object itself: how it is trusted, who may act on it, and whose its values are. */
export function sourceFindings(input: FindingInput): readonly Finding[] {
  const { objects } = input.survey;
  return [
    ...objects.filter(isUnconstrained).map(unconstrained),
    ...objects.filter(({ actedOnBehalf }) => actedOnBehalf).map(resourceBased),
    ...objects
      .filter((each) => input.isInBases(each) && trustOf(each) === 'kerberos-only')
      .map((object) => kerberosOnly(input, object)),
    ...notOurs(input),
  ];
}

/** Every domain controller has the bit (MS-ADTS 6.1.1.3.1): that is no finding. */
function isUnconstrained({ userAccountControl }: SurveyedObject): boolean {
  return hasBit(userAccountControl, 'unconstrained') && !hasBit(userAccountControl, 'domainController');
}

function unconstrained(object: SurveyedObject): Finding {
  const { name, guid } = object;
  return {
    code: 'source.unconstrained',
    keys: [factKey('source.unconstrained', guid)],
    hosts: [name],
    values: [],
    risk: `${name} is trusted for delegation to any service: it keeps the ticket of everybody who signs in to it and may act as them anywhere.`,
    remedy: 'Trust it for specified services only; Handover refuses it as a source until then.',
    fix: constrain(object),
  };
}

function resourceBased(object: SurveyedObject): Finding {
  const { name, guid } = object;
  return {
    code: 'rbcd.present',
    keys: [factKey('rbcd.present', guid)],
    hosts: [name],
    values: [],
    risk: `${name} itself names accounts that may act as any user on it (resource-based delegation), which no Delegation tab shows.`,
    remedy: 'If nobody knows what it is for, clear it; Handover never writes it.',
    fix: clearActing(object),
  };
}

function kerberosOnly(input: FindingInput, object: SurveyedObject): Finding {
  const { name, guid } = object;
  return {
    code: 'source.kerberos-only',
    keys: [factKey('source.kerberos-only', guid)],
    hosts: [name],
    values: [],
    risk: `${name} has delegations but is trusted for Kerberos only: from Windows Server 2016 on, a move that is started from elsewhere fails.`,
    remedy: 'Set “Use any authentication protocol”, unless the host runs Windows Server 2012 R2.',
    fix: askForAnyProtocol(input, object) ?? allowAnyProtocol(object),
  };
}

/** A request for what is delegated already, so that the trust mode is all that it changes; null where there is none such. */
function askForAnyProtocol(input: FindingInput, object: SurveyedObject): Fix | null {
  if (!isFit(input, object)) return null;
  const own = input.delegated.filter(
    ({ source, service }) => source.guid === object.guid && service !== null,
  );
  const whole = own.find(({ owners, service }) => {
    const [owner, ...others] = owners;
    if (!owner || others.length > 0 || !service || owner.guid === object.guid) return false;
    if (!isFit(input, owner)) return false;
    return minusValues(spnsFor(owner, [service]), object.allowedToDelegateTo).length === 0;
  });
  const [owner] = whole?.owners ?? [];
  if (!whole?.service || !owner) return null;
  return {
    kind: 'command',
    text: `/delegate ${object.name} -> ${owner.name} ${whole.service} --protocol any`,
  };
}

function notOurs(input: FindingInput): readonly Finding[] {
  const foreign = input.delegated.filter(({ source, origin }) => origin === null && input.isInBases(source));
  const sources = groupBy(foreign, ({ source }) => source.guid);
  return [...sources.values()].flatMap((group) => {
    const source = group[0]?.source;
    if (!source) return [];
    const values = sortValues(group.map(({ value }) => value));
    return [
      {
        code: 'value.not-ours' as const,
        keys: valueKeys('value.not-ours', source, values),
        hosts: [source.name],
        values,
        risk: `No request of Handover wrote these values of ${source.name}, so nobody approved them here: ${listed(values, 3)}.`,
        remedy: 'Look at them once; what nobody needs should be removed.',
        fix: lookAt(source),
      },
    ];
  });
}

function lookAt({ name, guid }: SurveyedObject): Fix {
  const text = isPlainName(name)
    ? `/hv delegations ${name} --raw`
    : `Get-ADObject -Identity '${guid}' -Properties msDS-AllowedToDelegateTo`;
  return { kind: isPlainName(name) ? 'look' : 'by-hand', text };
}
