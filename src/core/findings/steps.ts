import { isQuotable, nameOrGuid as plainNameOrGuid, quoted } from '../delegation/by-hand';
import { isPlainName } from '../delegation/guards/names';
import { SERVICE_CLASSES } from '../delegation/spn';
import { isAmong } from '../delegation/values';
import type { Delegated } from '../survey/landscape';
import type { SurveyedObject } from '../survey/survey';
import type { Fix } from './finding';

/** The longest step that is shown, in characters. */
const LONGEST_LINE = 700;

/** A person's step: exact PowerShell, or where no such line can be trusted, where to click. */
function byHand(text: string): Fix {
  return { kind: 'by-hand', text };
}

/** Takes values off an object's list. */
export function removeValues(object: SurveyedObject, values: readonly string[]): Fix {
  const line = `${setObject(object)} -Remove @{'msDS-AllowedToDelegateTo'=${values.map(quoted).join(',')}}`;
  // Half a line must never be copied, so one that no message can show whole is none.
  if (values.every(isQuotable) && line.length <= LONGEST_LINE) return byHand(line);
  const place = 'Active Directory Users and Computers → Attribute Editor → msDS-AllowedToDelegateTo';
  return byHand(`${place} of ${nameOrGuid(object)}: remove the values named here; --raw shows them all.`);
}

/** Adds values where Handover would refuse to. */
export function addValues(object: SurveyedObject, values: readonly string[]): Fix {
  if (!values.every(isQuotable)) {
    return byHand(`Correct dNSHostName of the destination first, then list the delegations again.`);
  }
  return byHand(`${setObject(object)} -Add @{'msDS-AllowedToDelegateTo'=${values.map(quoted).join(',')}}`);
}

/** Takes the unconstrained trust away and leaves what live migration needs. */
export function constrain(object: SurveyedObject): Fix {
  return byHand(
    `Set-ADAccountControl -Identity ${nameOrGuid(object)} -TrustedForDelegation $false -TrustedToAuthForDelegation $true`,
  );
}

/** Sets the any-protocol trust. */
export function allowAnyProtocol(object: SurveyedObject): Fix {
  return byHand(`Set-ADAccountControl -Identity ${nameOrGuid(object)} -TrustedToAuthForDelegation $true`);
}

/** Clears resource-based delegation. */
export function clearActing(object: SurveyedObject): Fix {
  return byHand(`${setObject(object)} -Clear 'msDS-AllowedToActOnBehalfOfOtherIdentity'`);
}

/** Takes SPNs off an account. */
export function removeSpns(object: SurveyedObject, spns: readonly string[]): Fix {
  const lines = spns.map((spn) => `setspn -D "${spn}" ${object.name}`).join('\n');
  const isSafe = isPlainName(object.name) && spns.every(isQuotable);
  if (isSafe && lines.length <= LONGEST_LINE) return byHand(lines);
  const place = 'Active Directory Users and Computers → Attribute Editor → servicePrincipalName';
  return byHand(`${place} of ${nameOrGuid(object)}: remove what is named here.`);
}

/** `/undelegate`, where Handover may write and the command means exactly these values; else the same by hand. */
export function undelegate(
  source: SurveyedObject,
  target: string,
  { values, isInBases }: { values: readonly Delegated[]; isInBases: boolean },
): Fix {
  const isPlain = isPlainName(source.name) && isTypable(target);
  const isOurs = isInBases && values.every(({ service }) => service !== null);
  if (isPlain && isOurs) return { kind: 'command', text: `/undelegate ${source.name} -> ${target} all` };
  return removeValues(
    source,
    values.map(({ value }) => value),
  );
}

/** `/delegate` of the services that these values are about. */
export function delegate(
  source: SurveyedObject,
  destination: SurveyedObject,
  values: readonly Delegated[],
): Fix {
  const asked = SERVICE_CLASSES.filter(({ service }) => values.some((each) => each.service === service));
  const services = asked.map(({ service }) => service).join(',');
  return { kind: 'command', text: `/delegate ${source.name} -> ${destination.name} ${services}` };
}

function isTypable(host: string): boolean {
  return host.length <= 253 && /^[a-z0-9-]{1,15}(?:\.[a-z0-9-]{1,63})*$/.test(host);
}

/** A name that is no computer's goes by objectGUID too. */
function nameOrGuid({ name, samAccountName, guid }: SurveyedObject): string {
  return samAccountName.endsWith('$') ? plainNameOrGuid({ name, guid }) : quoted(guid);
}

function setObject(object: SurveyedObject): string {
  const isComputer = isAmong(object.objectClasses, 'computer') && isPlainName(object.name);
  return isComputer
    ? `Set-ADComputer -Identity ${nameOrGuid(object)}`
    : `Set-ADObject -Identity ${quoted(object.guid)}`;
}
