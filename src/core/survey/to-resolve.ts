import { isWithin } from '../delegation/distinguished-name';
import { SERVICE_CLASSES, spnsFor } from '../delegation/spn';
import { foldCase, sortValues } from '../delegation/values';
import { readSpn } from './delegated-spn';
import type { SurveyedObject } from './survey';

const MIGRATION = foldCase(
  SERVICE_CLASSES.find(({ service }) => service === 'migration')?.serviceClass ?? '',
);

/** Whether the object is set up to receive live migrations: it registers the migration service itself. */
export function isHyperVHost(object: Pick<SurveyedObject, 'spns'>): boolean {
  return object.spns.some((spn) => foldCase(spn).startsWith(`${MIGRATION}/`));
}

/**
 * The SPNs whose holders a survey has to know: every delegated value with the HOST name that may stand for it, and the same of every
 * Hyper-V host of the bases, so that a name that two objects hold is seen before anybody delegates to it. Each once, in any spelling.
 */
export function spnsToResolve(
  objects: readonly SurveyedObject[],
  searchBases: readonly string[],
): readonly string[] {
  const hosts = objects.filter(
    (object) => isHyperVHost(object) && searchBases.some((base) => isWithin(object.dn, base)),
  );
  const values = [
    ...objects.flatMap(({ allowedToDelegateTo }) => allowedToDelegateTo),
    ...hosts.flatMap((host) => spnsFor(host, ['cifs', 'migration'])),
  ];
  const wanted = values.flatMap((value) => [value, readSpn(value).viaHost ?? value]);
  return sortValues([...new Map(sortValues(wanted).map((spn) => [foldCase(spn), spn])).values()]);
}
