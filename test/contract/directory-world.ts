import type { HostName } from '../../src/core/commands/ask';
import type { ComputerObject, Observation, PairObservation } from '../../src/core/delegation/observation';
import type { Directory, DirectoryQuestion, ListModification, TrustModification } from '../../src/core/ports';
import { observePair } from '../support/pair-observation';
import type { HostTraits } from '../../lab/directory/accounts';

/** A host of the world; SPNs and delegations may name hosts as the test does. */
export interface WorldHost extends HostTraits {
  name: string;
}

/** A domain with the directory under test, and another administrator who works in it behind the directory's back. */
export interface DirectoryWorld {
  /** With the narrow account, and one alternate. */
  readonly directory: Directory;
  /** The same domain with an account that may write userAccountControl too. */
  readonly trusting: Directory;
  readonly baseDn: string;
  /** How a host of the order is really called. */
  host(name: string): { name: string; fqdn: string; dn: string };
  /** Makes a server of `directory` fail whatever is asked of it, until it is brought back. */
  takeDown(server: string): void;
  bringBack(server: string): void;
  /** msDS-AllowedToDelegateTo as it stands there. */
  stored(name: string): Promise<readonly string[]>;
  /** userAccountControl as it stands there. */
  control(name: string): Promise<number>;
  /** Sets bits of it. */
  editControl(name: string, set: number): Promise<void>;
  edit(name: string, edit: { add?: readonly string[]; delete?: readonly string[] }): Promise<void>;
  /** A computer without SPNs that has this dNSHostName; gives its short name. */
  addTwin(fqdn: string): Promise<string>;
  /** Gives the object another common name, and with it another DN. */
  rename(name: string): Promise<void>;
  /** Deletes the object and makes another of the same name. */
  replace(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** An account of a user whose name ends with `$`; gives the name without it. */
  addUser(): Promise<string>;
  /** A user below the search bases who holds an SPN of the migration service. */
  addMigratingUser(): Promise<void>;
  /** A user outside of the search bases with these values in the list; gives the account name. */
  addDelegatingUser(values: readonly string[]): Promise<string>;
  /** A security group in these others; gives its DN. */
  addGroup(name: string, memberOf?: readonly string[]): Promise<string>;
  /** A computer in these groups, one of them its primary group if there is a second list; gives its short name. */
  addMember(name: string, memberOf: readonly string[], primaryGroup?: string): Promise<string>;
  /** Short name of a computer without delegations and without the any-protocol bit that both accounts may read but not write. */
  readonly forbidden: string;
  /** Short name of a computer outside the search bases that holds the SPNs of the migration service. */
  readonly outside: string;
  close(): Promise<void>;
}

/** A name as somebody types it. */
export const short = (text: string): HostName => ({ kind: 'short', text });

/** An object as those see it who do not ask for its groups. */
export function withoutGroups({ groups: _groups, ...object }: ComputerObject): ComputerObject {
  return object;
}

/** The questions of the suite, in the words of its hosts. */
export interface DirectoryQuestions {
  /** Asks about cifs of nothing but what the question says. */
  ask: (question: Partial<DirectoryQuestion>) => Promise<Observation>;
  /** A host of the order by its real short name. */
  real: (name: string) => HostName;
  observe: (source: HostName, destination: HostName) => Promise<PairObservation>;
  /** All objects that a name could mean. */
  find: (asked: HostName) => Promise<readonly ComputerObject[]>;
  /** The one object of a host. */
  one: (name: string) => Promise<ComputerObject>;
  /** The one object of a short name. */
  named: (name: string) => Promise<ComputerObject>;
  /** A modification of a host, as it is now. */
  change: (
    name: string,
    values: { add?: readonly string[]; remove?: readonly string[] },
  ) => Promise<ListModification>;
  /** The modification that sets the any-protocol bit of a host, as it is now, and the same by a short name. */
  trust: (name: string) => Promise<TrustModification>;
  trustNamed: (name: string) => Promise<TrustModification>;
}

/** Questions to a world that is opened later. */
export function questionsTo(world: () => DirectoryWorld): DirectoryQuestions {
  const real = (name: string): HostName => short(world().host(name).name);
  const observe = (source: HostName, destination: HostName): Promise<PairObservation> =>
    observePair(world().directory, { source, destination, services: ['cifs', 'migration'] });
  const find = async (asked: HostName) => (await observe(asked, real('hv02'))).source;
  const named = async (name: string) => {
    const [object, ...others] = await find(short(name));
    if (!object || others.length > 0) throw new Error(`${name} is not one object`);
    return object;
  };
  const one = (name: string) => named(world().host(name).name);
  const trustNamed = async (name: string): Promise<TrustModification> => {
    const { guid, dn, userAccountControl: before } = await named(name);
    return { guid, dn, attribute: 'userAccountControl', before, after: before + 0x100_0000 };
  };
  const ask = (question: Partial<DirectoryQuestion>) =>
    world().directory.observe({
      sources: [],
      destinations: [],
      all: false,
      delegating: false,
      services: ['cifs'],
      ...question,
    });
  return {
    ask,
    real,
    observe,
    find,
    one,
    named,
    async change(name, values) {
      const { guid, dn } = await one(name);
      return { guid, dn, attribute: 'msDS-AllowedToDelegateTo', add: [], remove: [], ...values };
    },
    trust: (name) => trustNamed(world().host(name).name),
    trustNamed,
  };
}
