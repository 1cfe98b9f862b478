import { isSameDn, leafOf } from '../../core/delegation/distinguished-name';
import type { ComputerObject, Group } from '../../core/delegation/observation';
import { invariant } from '../../core/problem';
import type { SurveyedObject } from '../../core/survey/survey';

import { shortName } from './computer-entry';
import { isSameInDirectory } from './directory-equality';
import { DOMAIN_SID, groupsIn, type Principal } from './memory-groups';

/** An object to be made; what is left out is as an ordinary member of the domain has it. Groups are objects too. */
export type NewObject = Pick<ComputerObject, 'dn' | 'samAccountName'> &
  Partial<Omit<SurveyedObject, 'guid' | 'name' | 'groups'> & Pick<Principal, 'sid'>>;

/** The values of a strict change of msDS-AllowedToDelegateTo. */
interface ValueChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** noSuchObject (32), noSuchAttribute (16) and attributeOrValueExists (20) of RFC 4511, appendix A. */
type ChangeResult = 'changed' | 'no-object' | 'value-missing' | 'value-there';

/** The objects of one domain in memory, as who may do everything there sees and changes them. */
export interface MemoryDomain {
  /** Everything, lists in the order in which values came to be there. */
  objects(): readonly SurveyedObject[];
  /** Every group that an object is in, through others too, sorted by SID. Its groups must be objects, but for the usual primary ones. */
  readonly groupsOf: (guid: string) => readonly Group[];
  /** Makes an object and gives its GUID, which no other object ever has. Throws when the name is taken. */
  add(object: NewObject): string;
  /** The same object under another distinguished name. */
  rename(guid: string, dn: string): void;
  remove(guid: string): void;
  /** One strict modify, whole or not at all (RFC 4511 4.6): first every value to be removed, then every one to be added. */
  change(guid: string, change: ValueChange): ChangeResult;
  /** Gives an object that is there another userAccountControl, whatever it was. */
  setControl(guid: string, control: number): void;
}

/** objectClass of a computer (MS-ADSC 2.21), as a directory fills it up. */
const COMPUTER_CLASSES = ['top', 'person', 'organizationalPerson', 'user', 'computer'];

const ORDINARY = {
  dnsHostName: null,
  objectClasses: COMPUTER_CLASSES,
  /** WORKSTATION_TRUST_ACCOUNT. */
  userAccountControl: 0x1000,
  /** Domain Computers. */
  primaryGroupId: 515,
  adminCount: false,
  spns: [],
  allowedToDelegateTo: [],
  memberOf: [],
  actedOnBehalf: false,
} as const;

/** An empty domain. It ends with its process; nothing that is given out shares an object with what is kept. */
export function openMemoryDomain(): MemoryDomain {
  const kept = new Map<string, SurveyedObject>();
  const sids = new Map<string, string>();
  const principal = (guid: string): Principal => ({ ...known(kept, guid), sid: sids.get(guid) ?? '' });
  let made = 0;
  return {
    objects: () => structuredClone([...kept.values()]),
    groupsOf: (guid) => groupsIn([...kept.keys()].map(principal), principal(guid)),
    add({ sid, ...object }) {
      invariant(![...kept.values()].some(({ dn }) => isSameDn(dn, object.dn)), 'a name has one object');
      made += 1;
      const guid = `0d000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
      const name =
        object.samAccountName === '' ? (leafOf(object.dn) ?? '') : shortName(object.samAccountName);
      kept.set(guid, structuredClone({ ...ORDINARY, ...object, guid, name }));
      // The first thousand are the domain's own.
      sids.set(guid, sid ?? `${DOMAIN_SID}-${1_000 + made}`);
      return guid;
    },
    rename(guid, dn) {
      kept.set(guid, { ...known(kept, guid), dn });
    },
    remove(guid) {
      kept.delete(guid);
    },
    change(guid, change) {
      const object = kept.get(guid);
      if (!object) return 'no-object';
      const values = strictly(object.allowedToDelegateTo, change);
      if (typeof values === 'string') return values;
      kept.set(guid, { ...object, allowedToDelegateTo: values });
      return 'changed';
    },
    setControl(guid, control) {
      kept.set(guid, { ...known(kept, guid), userAccountControl: control });
    },
  };
}

function strictly(
  before: readonly string[],
  { add, remove }: ValueChange,
): readonly string[] | 'value-missing' | 'value-there' {
  const values = [...before];
  const find = (value: string): number => values.findIndex((each) => isSameInDirectory(each, value));
  for (const value of remove) {
    const index = find(value);
    if (index < 0) return 'value-missing';
    values.splice(index, 1);
  }
  for (const value of add) {
    if (find(value) >= 0) return 'value-there';
    values.push(value);
  }
  return values;
}

function known(kept: ReadonlyMap<string, SurveyedObject>, guid: string): SurveyedObject {
  const object = kept.get(guid);
  invariant(object !== undefined, 'an object is edited while it is there');
  return object;
}
