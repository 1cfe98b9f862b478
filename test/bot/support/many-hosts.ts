import type { DirectoryChange, DirectoryPart, Power } from '../../../src/core/delegation/plan';
import { spnsFor } from '../../../src/core/delegation/spn';
import { minusValues, sortValues, unionValues } from '../../../src/core/delegation/values';
import type { RequestRecord, Step } from '../../../src/core/request/record';
import { intake, NOW, planOf, recordOf, signed } from '../../support/request-record';

const guidOf = (name: string): string => `guid-of-${name}`;

/** The name of host number `index`, as long as a computer name may be, or short. */
export function hostNames(count: number, isLong = false): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return isLong ? `hyper-v-rack-${number}` : `hv${number}`;
  });
}

/** The four values that a host needs for another. */
export function valuesFor(name: string): readonly string[] {
  return spnsFor({ name, dnsHostName: `${name}.mabofeng.com` }, ['cifs', 'migration']);
}

/** A change of one object; what is added or removed as given. */
export function changeOf(
  name: string,
  {
    add = [],
    remove = [],
    kept = [],
  }: { add?: readonly string[]; remove?: readonly string[]; kept?: readonly string[] },
): DirectoryChange {
  const before = sortValues([...kept, ...remove]);
  return {
    kind: add.length > 0 ? 'delegation-add' : 'delegation-remove',
    guid: guidOf(name),
    dn: `CN=${name},OU=Hyper-V,DC=mabofeng,DC=com`,
    name,
    attribute: 'msDS-AllowedToDelegateTo',
    before,
    after: minusValues(unionValues(before, add), remove),
    add,
    remove,
    trust: 'any-protocol',
    owners: [],
  };
}

/** Delegations from each source to each other destination, to be added or removed; `kept` stay in every list. */
export function crossPart(
  kind: 'add' | 'remove',
  sources: readonly string[],
  destinations: readonly string[],
  kept: readonly string[] = [],
): DirectoryPart {
  const powers = sources.flatMap((source) =>
    destinations.filter((each) => each !== source).map((destination): Power => ({ source, destination })),
  );
  const changes = sources.map((source) => {
    const values = powers.flatMap((each) => (each.source === source ? valuesFor(each.destination) : []));
    return changeOf(source, { [kind]: sortValues(minusValues(values, kept)), kept });
  });
  return { changes, powers };
}

/** A request with that part as its plan; the steps, if any, are the changes' in order. */
export function recordWith(
  part: DirectoryPart,
  {
    state,
    command = 'delegate mesh a,b',
    steps = [],
  }: {
    state: RequestRecord['state'];
    command?: string;
    steps?: readonly Step[];
  },
): RequestRecord {
  const statement = intake({ command });
  const plan = planOf(statement, { directory: part });
  return recordOf({ state, label: 'R-1042', plan, intake: signed(statement), steps });
}

/** The step of a change that was written, unless told otherwise; without an outcome when it is null. */
export function stepOf(
  change: DirectoryChange,
  outcome: Partial<NonNullable<Step['outcome']>> | null = {},
): Step {
  const whole = {
    kind: 'changed' as const,
    inferred: false,
    added: change.add,
    removed: change.remove,
    at: NOW,
    server: 'dc1',
    problem: null,
  };
  return {
    guid: change.guid,
    intent: { at: NOW, worker: 'w1' },
    outcome: outcome && { ...whole, ...outcome },
  };
}
