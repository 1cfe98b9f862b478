import type { HostReading, MachineReading } from '../hyperv-port';

/** A second one of a machine at another host: half made (`planned`), or registered there too, in that state. */
export interface MachineCopy {
  readonly host: string;
  readonly kind: 'planned' | 'registered';
  /** Null: a planned one has none. */
  readonly state: MachineReading['state'] | null;
}

interface Seen {
  /** Its id, lower case. */
  readonly machine: string;
  /** Null: nobody who answered has it. */
  readonly name: string | null;
  readonly copies: readonly MachineCopy[];
  /** A host says that it is moving it right now (or backing it up): what is half made may become the machine itself. */
  readonly isMoving: boolean;
  /** Hosts that were asked and said nothing: more copies may be there. */
  readonly silent: readonly string[];
}

/**
 * Where a machine is. `here`: at this host, where it runs, or the only one that has it. `doubled`: it runs at several, or is off at several,
 * so that nobody can tell which one is the copy. `nowhere`: none of the hosts that were asked has it. `unknown`: a silent host could change
 * the answer, or it is just being handed over.
 */
export type Whereabouts = Seen &
  (
    | { readonly where: 'here'; readonly host: string; readonly reading: MachineReading }
    | { readonly where: 'doubled'; readonly hosts: readonly string[] }
    | { readonly where: 'nowhere' }
    | { readonly where: 'unknown' }
  );

/**
 * Where a machine is, by readings of both hosts (or more) of its move. Hosts are never read at one moment: a machine that was handed over
 * between two readings looks lost or doubled. Such a verdict counts when a later look still says so.
 */
export function whereIs(machine: string, readings: readonly HostReading[]): Whereabouts {
  const id = machine.toLowerCase();
  const hosts = [...new Map(readings.map((reading) => [reading.host, reading])).values()];
  const silent = hosts.flatMap(({ host, facts }) => (facts ? [] : [host]));
  const { found, planned, name } = sightings(id, hosts);
  const itself = theOne(found, silent.length === 0);
  const isMoving = found.some(({ reading }) => reading.isBusy);
  const registered = itself ? found.filter((each) => each !== itself) : [];
  const copies = [
    ...registered.map(({ host, reading }): MachineCopy => ({
      host,
      kind: 'registered',
      state: reading.state,
    })),
    ...planned.map((host): MachineCopy => ({ host, kind: 'planned', state: null })),
  ];
  const seen: Seen = { machine: id, name, copies, isMoving, silent };
  if (itself) return { ...seen, where: 'here', ...itself };
  if (silent.length > 0 || hosts.length === 0 || isMoving) return { ...seen, where: 'unknown' };
  if (found.length === 0) return { ...seen, where: 'nowhere' };
  const running = found.filter(isAwake);
  return {
    ...seen,
    where: 'doubled',
    hosts: (running.length > 0 ? running : found).map(({ host }) => host),
  };
}

interface Sighting {
  readonly host: string;
  readonly reading: MachineReading;
}

function sightings(id: string, hosts: readonly HostReading[]) {
  const heard = hosts.flatMap(({ host, facts }) => (facts ? [{ host, facts }] : []));
  const found = heard.flatMap(({ host, facts }): readonly Sighting[] =>
    facts.machines.filter((each) => each.id === id).map((reading) => ({ host, reading })),
  );
  const planned = heard.flatMap(({ host, facts }) =>
    facts.planned.filter((each) => each.id === id).map(({ name }) => ({ host, name })),
  );
  const name = found[0]?.reading.name ?? planned[0]?.name ?? null;
  return { found, planned: planned.map(({ host }) => host), name };
}

/**
 * The machine itself: of a machine that runs at one host nobody doubts where it is; one that is off there may run at a host that is silent,
 * and of two that are off either may be the copy.
 */
function theOne(found: readonly Sighting[], isAllHeard: boolean): Sighting | null {
  const running = found.filter(isAwake);
  const [only] = running.length > 0 ? running : found;
  if (running.length > 1 || !only) return null;
  return running.length === 1 || (found.length === 1 && isAllHeard) ? only : null;
}

function isAwake({ reading: { state } }: Sighting): boolean {
  return state !== 'off' && state !== 'saved';
}
