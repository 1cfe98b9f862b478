import { accountBits } from '../../../lab/directory/accounts';
import { dnsDomain, migrationService } from '../../../lab/directory/names';

/** What decides about delegation of one computer. */
interface Computer {
  /** msDS-AllowedToDelegateTo. */
  readonly list: readonly string[];
  /** userAccountControl. */
  readonly control: number;
}

/** The computers of a domain by name. */
export type World = ReadonlyMap<string, Computer>;

/** What an action of the script or the tab does, and what it shows. */
export interface Action {
  /** Lists that hosts have before it, beside those of the practice domain. */
  readonly given: Readonly<Record<string, readonly string[]>>;
  /** The domain after it. Absent: it changes nothing. */
  readonly leaves?: (world: World) => World;
  /** What Handover leaves otherwise, on purpose, from there on. */
  readonly otherwise?: (world: World) => World;
  /** What is to be seen in the answers. Absent: that the requests have ended well. */
  readonly shows?: readonly string[];
}

/** The environment of who runs the script, USERDNSDOMAIN. */
const OPERATORS_DOMAIN = dnsDomain.toUpperCase();

/** As the script names a service of a computer, whatever it is called: what stands before the first dot, and that with the domain. */
function named(computer: string, service: string): readonly string[] {
  const [short = ''] = computer.split('.');
  return [`${service}/${short}`, `${service}/${short}.${OPERATORS_DOMAIN}`];
}

/** As the tab names the services that are marked for a computer. */
function marked(computer: string, ...services: readonly string[]): readonly string[] {
  return services.flatMap((service) => [`${service}/${computer}`, `${service}/${computer}.${dnsDomain}`]);
}

type Change = (computer: Computer) => Computer;

function on(name: string, change: Change): (world: World) => World {
  return (world) => {
    const [short = ''] = name.split('.');
    const computer = world.get(short);
    if (!computer) throw new Error(`The domain has no computer ${short}`);
    return new Map([...world, [short, change(computer)]]);
  };
}

function allOf(...changes: readonly ((world: World) => World)[]): (world: World) => World {
  return (world) => changes.reduce((before, change) => change(before), world);
}

/** Values compare without case (MS-ADTS 3.1.1.2.2.4.1); what is there is not added twice. */
function adding(values: readonly string[]): Change {
  return ({ list, control }) => ({ list: [...without(list, values), ...values], control });
}

function removing(values: readonly string[]): Change {
  return ({ list, control }) => ({ list: without(list, values), control });
}

function replacing(values: readonly string[]): Change {
  return ({ control }) => ({ list: values, control });
}

function without(list: readonly string[], values: readonly string[]): readonly string[] {
  const folded = new Set(values.map((value) => value.toLowerCase()));
  return list.filter((value) => !folded.has(value.toLowerCase()));
}

/** What the tab makes of the two bits that its choices stand for. */
function trusting(bits: { anyProtocol: boolean }): Change {
  const both = accountBits.unconstrained | accountBits.anyProtocol;
  return ({ list, control }) => ({
    list,
    control: (control & ~both) | (bits.anyProtocol ? accountBits.anyProtocol : 0),
  });
}

/** What others have written for hyper-v01, and with it what may be there for hyper-v02. */
const others = [...marked('hyper-v03', 'cifs', migrationService), 'HTTP/intranet'];
const there = [...others, ...marked('hyper-v02', 'cifs', migrationService)];
const cifs = named('hyper-v02', 'cifs');

/** Every action of Set-KCD.ps1 v1.2 and of the tab Delegation, by its name in README. */
export const actions: Readonly<Record<string, Action>> = {
  '-TrustedComputer hyper-v01 -TrustingComputer hyper-v02 -ServiceType cifs -Add': {
    given: { 'hyper-v01': others },
    leaves: on('hyper-v01', adding(cifs)),
  },
  'the same, -ServiceType "Microsoft Virtual System Migration Service"': {
    given: { 'hyper-v01': others },
    leaves: on('hyper-v01', adding(named('hyper-v02', migrationService))),
  },
  'the same, full names': {
    given: { 'hyper-v01': others },
    leaves: on('hyper-v01.mabofeng.com', adding(named('hyper-v02.mabofeng.com', 'cifs'))),
  },
  'the same, -Replace': {
    given: { 'hyper-v01': there },
    leaves: on('hyper-v01', replacing(cifs)),
  },
  'the same, -Remove': {
    given: { 'hyper-v01': there },
    leaves: on('hyper-v01', removing(cifs)),
  },
  '-TrustedComputer hyper-v01 -Clear': {
    given: { 'hyper-v01': there },
    leaves: on('hyper-v01', replacing([])),
  },
  '-TrustedComputer hyper-v01 -List': { given: { 'hyper-v01': there }, shows: there },
  '-File FILE.csv -Import': {
    given: { 'hyper-v01': others, 'hyper-v02': marked('hyper-v01', 'cifs') },
    leaves: allOf(
      on('hyper-v01', adding(named('files01', 'CIFS'))),
      on('hyper-v01', adding(named('hyper-v02', migrationService))),
      on('hyper-v01', adding(named('hyper-v02', 'CIFS'))),
      on('hyper-v02', adding(named('hyper-v01', migrationService))),
      on('hyper-v02', adding(named('hyper-v01', 'CIFS'))),
    ),
  },
  '-File FILE.csv -ListFromFile': {
    given: { 'hyper-v01': others, 'hyper-v02': marked('hyper-v01', 'cifs') },
    shows: [...others, ...marked('hyper-v01', 'cifs')],
  },
  'Do not trust this computer for delegation': {
    given: { 'hyper-v01': there },
    leaves: allOf(on('hyper-v01', replacing([])), on('hyper-v01', trusting({ anyProtocol: false }))),
    otherwise: on('hyper-v01', trusting({ anyProtocol: true })),
  },
  'Trust this computer for delegation to any service (Kerberos only)': {
    given: {},
    shows: ['Trusted for any service: hyper-v-any', "-Identity 'hyper-v-any$' -TrustedForDelegation $false"],
  },
  '… to specified services only: Use Kerberos only': {
    given: { 'hyper-v-kerb': ['HTTP/intranet'] },
    leaves: allOf(
      on('hyper-v-kerb', trusting({ anyProtocol: false })),
      on('hyper-v-kerb', adding(marked('hyper-v02', 'cifs', migrationService))),
    ),
  },
  '… to specified services only: Use any authentication protocol': {
    given: { 'hyper-v-kerb': ['HTTP/intranet'] },
    leaves: allOf(
      on('hyper-v-kerb', trusting({ anyProtocol: true })),
      on('hyper-v-kerb', adding(marked('hyper-v02', 'cifs', migrationService))),
    ),
  },
  'Add…': {
    given: { 'hyper-v01': ['HTTP/intranet'] },
    leaves: allOf(
      on('hyper-v01', adding(marked('hyper-v02', 'cifs', migrationService))),
      on('hyper-v01', adding(marked('hyper-v03', 'cifs', migrationService))),
    ),
  },
  'Add… → Users or Computers… → Check Names': {
    given: { 'hyper-v01': others },
    shows: marked('hyper-v02', 'cifs', migrationService),
  },
  Remove: {
    given: { 'hyper-v01': there },
    leaves: on('hyper-v01', removing(marked('hyper-v02', 'cifs'))),
  },
  'the list, as it opens': {
    given: { 'hyper-v01': there },
    shows: ['to hyper-v02', 'to hyper-v03', 'to intranet', ' cifs ', ' migration ', ' HTTP '],
  },
  Expanded: { given: { 'hyper-v01': there }, shows: there },
};
