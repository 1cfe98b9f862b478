import {
  NO_HOSTS,
  type Destination,
  type DirectoryChange,
  type DirectoryPart,
  type ListChange,
  type TrustChange,
} from '../../../src/core/delegation/plan';
import { spnsFor } from '../../../src/core/delegation/spn';
import { minusValues, sortValues } from '../../../src/core/delegation/values';
import type { RequestRecord, Step } from '../../../src/core/request/record';
import { intake, NOW, planOf, recordOf, signed } from '../../support/request-record';

const guidOf = (name: string): string => `guid-of-${name}`;

/** A plan of nothing but its directory part. */
export function ofPart(directory: DirectoryPart) {
  return { directory, hosts: NO_HOSTS, forecast: null };
}

/** The name of host number `index`, as long as a computer name may be, or short. */
export function hostNames(count: number, isLong = false): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(2, '0');
    return isLong ? `hyper-v-rack-${number}` : `hv${number}`;
  });
}

/** Names of fifteen letters that no range could shorten. */
export function oddNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const [some, more] = [(index + 1) * 7_919, (index + 1) * 104_729].map((number) =>
      (number % 1_679_615).toString(36).padStart(4, 'z'),
    );
    return `node-${some}-${more}x`;
  });
}

/** The four values that a host needs for another. */
export function valuesFor(name: string): readonly string[] {
  return spnsFor({ name, dnsHostName: `${name}.mabofeng.com` }, ['cifs', 'migration']);
}

/** A change of one object; what is added, kept or removed as given, and what stays in its list. */
export function changeOf(
  name: string,
  values: {
    readonly add?: readonly string[];
    readonly keep?: readonly string[];
    readonly remove?: readonly string[];
    readonly staying?: readonly string[];
    readonly by?: 'worker' | 'hand';
  },
): ListChange {
  const { add = [], keep = [], remove = [], staying = [], by = 'worker' } = values;
  return {
    kind: remove.length > 0 ? 'delegation-remove' : 'delegation-add',
    guid: guidOf(name),
    dn: `CN=${name},OU=Hyper-V,DC=mabofeng,DC=com`,
    name,
    attribute: 'msDS-AllowedToDelegateTo',
    by,
    before: sortValues([...staying, ...keep, ...remove]),
    add,
    keep,
    remove,
    trust: 'any-protocol',
  };
}

/** The trust mode of a host, to be set by a person. */
export function trustOf(name: string): TrustChange {
  return {
    kind: 'trust-mode',
    guid: guidOf(name),
    dn: `CN=${name},OU=Hyper-V,DC=mabofeng,DC=com`,
    name,
    attribute: 'userAccountControl',
    by: 'hand',
    before: 0x1000,
    after: 0x100_1000,
  };
}

/** Changes as a part; hosts with these names own the values that `valuesFor` gives. */
export function partOf(
  changes: readonly DirectoryChange[],
  destinations: readonly string[] = [],
): DirectoryPart {
  return { changes, destinations: destinations.map(destinationOf), forMs: null };
}

function destinationOf(name: string): Destination {
  const spns = valuesFor(name).map((spn) => ({ spn, through: 'explicit' as const }));
  return { guid: guidOf(name), name, spns };
}

/** Delegations from each source to each other destination, to be added or removed; `staying` stay in every list. */
export function crossPart(
  kind: 'add' | 'remove',
  sources: readonly string[],
  destinations: readonly string[],
  staying: readonly string[] = [],
): DirectoryPart {
  const changes = sources.map((source) => {
    const values = destinations.filter((each) => each !== source).flatMap((each) => [...valuesFor(each)]);
    return changeOf(source, { [kind]: sortValues(minusValues(values, staying)), staying });
  });
  return partOf(changes, kind === 'add' ? destinations : []);
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
    added: change.attribute === 'userAccountControl' ? [] : change.add,
    kept: change.attribute === 'userAccountControl' ? [] : change.keep,
    removed: change.attribute === 'userAccountControl' ? [] : change.remove,
    trusted: change.attribute === 'userAccountControl',
    at: NOW,
    server: 'dc1',
    problem: null,
  };
  return {
    guid: change.guid,
    attribute: change.attribute,
    intent: { at: NOW, worker: 'w1', server: 'dc1' },
    outcome: outcome && { ...whole, ...outcome },
  };
}
