import type { ChangeAsk, HostName, HostTerm } from '../commands/ask';
import type { AnyKind, DirectoryPart, Plan } from '../delegation/plan';
import { listChanges, powersOf } from '../delegation/powers';
import { isStopped, leaving, type Envelope } from '../moves/envelope';
import { once } from '../once';

/** That a kind of change is made to a host, or gives or takes power over it; null: to hosts that are not known by name yet. */
export interface Touch {
  readonly kind: AnyKind;
  readonly host: string | null;
}

/** What a plan touches: of a list both ends, of a trust mode and of a setting its host. Each once, sorted. */
export function touchesOf({
  directory,
  hosts,
}: Pick<Plan, 'directory'> & Partial<Pick<Plan, 'hosts'>>): readonly Touch[] {
  const settings = (hosts?.settings ?? []).map(({ host }) => host);
  const moved = hosts?.envelope ? touchesOfMoves(hosts.envelope) : [];
  if (settings.length + moved.length === 0) return touchesOfPart(directory);
  return distinct([...touchesOfPart(directory), ...touch('host-setting', settings), ...moved]);
}

const touchesOfPart = once((part: DirectoryPart): readonly Touch[] => {
  const changed = part.changes.map(({ kind, name }) => ({ kind, host: name }));
  const kinds = new Map(listChanges(part).map(({ name, kind }) => [name, kind]));
  const reached = powersOf(part).flatMap(({ source, destination }) => {
    const kind = kinds.get(source);
    return kind ? [{ kind, host: destination }] : [];
  });
  return distinct([...changed, ...reached]);
});

/** A machine that changes its host touches both; so do disks that are copied, with it or alone. One that is stopped for it touches the host that it runs on; to come back as well, any that it may run on meanwhile. */
function touchesOfMoves(envelope: Envelope): readonly Touch[] {
  const { machines, destinations, returns } = envelope;
  const copied = machines.filter(({ storage }) => storage !== null);
  const ends = (some: readonly { from: string }[]) =>
    some.length === 0 ? [] : [...some.map(({ from }) => from), ...destinations];
  const stopped = machines.filter(isStopped);
  return [
    ...touch('live-move', ends(leaving(envelope))),
    ...touch('storage-move', ends(copied)),
    ...touch('shutdown', returns ? ends(stopped) : stopped.map(({ from }) => from)),
  ];
}

/** What an ask surely touches, known before there is a plan; the plan's own touches are asked about too. */
export function touchesAsked(ask: ChangeAsk): readonly Touch[] {
  switch (ask.verb) {
    case 'delegate': {
      const sources = ask.sources.flatMap(hostsOf);
      const added = [...sources, ...ask.destinations.flatMap(hostsOf)];
      return distinct([
        ...touch('delegation-add', added),
        ...(ask.protocol === 'any' ? touch('trust-mode', sources) : []),
      ]);
    }
    case 'onboard': {
      const hosts = [nameOf(ask.host)];
      return distinct([...touch('delegation-add', hosts), ...touch('trust-mode', hosts)]);
    }
    case 'undelegate':
      return distinct(touch('delegation-remove', [...ask.sources, ...ask.destinations].flatMap(hostsOf)));
    case 'retire':
      return touch('delegation-remove', [nameOf(ask.host)]);
    case 'prepare':
      return distinct(touch('host-setting', ask.hosts));
    case 'drain':
      return distinct(touch('live-move', [...ask.hosts, ...(ask.to ?? [null])]));
    case 'rebalance':
      return distinct(touch('live-move', ask.hosts ?? [null]));
    case 'return':
      return touch('live-move', [ask.host]);
    case 'migrate':
      return touch(ask.storageOnly === null ? 'live-move' : 'storage-move', [ask.to]);
    // What it takes back or gives back is only known by its plan.
    case 'undo':
      return [];
  }
}

function touch(kind: AnyKind, hosts: readonly (string | null)[]): readonly Touch[] {
  return hosts.map((host) => ({ kind, host }));
}

function hostsOf(term: HostTerm): readonly (string | null)[] {
  switch (term.kind) {
    case 'host':
      return [nameOf(term.host)];
    case 'range': {
      const { prefix, first, last, digits, suffix } = term;
      const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
      return numbers.map((number) => `${prefix}${`${number}`.padStart(digits, '0')}${suffix}`);
    }
    case 'all':
      return [null];
  }
}

function nameOf({ kind, text }: HostName): string | null {
  return kind === 'short' || kind === 'fqdn' ? (text.split('.', 1)[0] ?? null) : null;
}

function distinct(touches: readonly Touch[]): readonly Touch[] {
  const byText = new Map(touches.map((each) => [`${each.kind} ${each.host ?? ''}`, each]));
  return [...byText.keys()].toSorted().flatMap((text) => byText.get(text) ?? []);
}
