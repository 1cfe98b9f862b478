import { readArrow, refuseArrow } from './arrow';
import type { HostTerm, PairedAsk } from './ask';
import type { CommandCursor } from './cursor';
import { keysOf, readHostList, type PlacedTerm } from './host-list';
import { MOST_HOSTS } from './host-range';
import { isSameHost, namesOf, termText } from './host-terms';
import { quoteFound, type CommandRefusal } from './problem';

/** The word that begins a mesh. */
const MESH = 'mesh';

const AFTER_MESH =
  'a list such as hyper-v01,hyper-v02, a range such as hyper-v0[1-4], or all; a host called mesh stands in quotes';
const MOST_PAIRS = MOST_HOSTS * (MOST_HOSTS - 1);

/** Which hosts are meant, and which pairs of them. */
export type Sides = Pick<PairedAsk, 'sources' | 'destinations' | 'way'>;

/** Reads `HOSTS -> HOSTS` or `mesh HOSTS`, and refuses sides that hold no pair of two hosts or too many hosts. */
export function readSides(cursor: CommandCursor): Sides {
  if (takeMesh(cursor)) return readMesh(cursor);
  const sources = readHostList(cursor, 'source');
  const last = sources.at(-1);
  const both = readArrow(cursor, last === undefined ? '' : termText(last.term));
  const destinations = readHostList(cursor, 'destination');
  const terms = { sources: termsOf(sources), destinations: termsOf(destinations) };
  if (!hasPair(terms.sources, terms.destinations)) throw refuseSame(cursor, sources, destinations);
  refuseMany(cursor, [...sources, ...destinations]);
  return { ...terms, way: both ? 'both-ways' : 'one-way' };
}

/** A bare `mesh` at the beginning is always the word, so that nobody has to know which hosts exist to read a command. */
function takeMesh(cursor: CommandCursor): boolean {
  const typed = Array.from(MESH, (_, index) => cursor.peek(index)).join('');
  if (typed.toLowerCase() !== MESH) return false;
  cursor.place += MESH.length;
  if (cursor.atBreak || cursor.peek() === ',' || cursor.arrowLength() > 0) return true;
  cursor.place -= MESH.length;
  return false;
}

function readMesh(cursor: CommandCursor): Sides {
  cursor.skipSpaces();
  refuseArrow(cursor, true);
  if (cursor.peek() === ',') {
    const summary = 'A comma follows “mesh”, which is no host here but begins a mesh.';
    throw cursor.refuse('command.mesh', summary, { expected: AFTER_MESH });
  }
  const hosts = readHostList(cursor, 'mesh');
  const sources = termsOf(hosts);
  const [first] = sources;
  const { names, all } = namesOf(sources);
  if (first !== undefined && names.length === 1 && !all) {
    const summary = `A mesh needs two hosts, and only ${quoteFound(termText(first))} is named.`;
    const position = hosts[0]?.position ?? cursor.position;
    throw cursor.refuse('command.mesh', summary, { expected: AFTER_MESH, position });
  }
  if (!hasPair(sources, sources)) throw refuseSame(cursor, [], hosts.slice(1));
  refuseMany(cursor, hosts);
  return { sources, destinations: [], way: 'mesh' };
}

function termsOf(placed: readonly PlacedTerm[]): readonly HostTerm[] {
  return placed.map(({ term }) => term);
}

/** Whether two different hosts may be left to be paired; what `all` stands for is not known here. */
function hasPair(sources: readonly HostTerm[], destinations: readonly HostTerm[]): boolean {
  const [from, to] = [namesOf(sources), namesOf(destinations)];
  if (from.all || to.all) return true;
  return from.names.some((one) => to.names.some((other) => !isSameHost(one, other)));
}

function refuseSame(
  cursor: CommandCursor,
  sources: readonly PlacedTerm[],
  destinations: readonly PlacedTerm[],
): CommandRefusal {
  const [destination] = destinations;
  const host = destination === undefined ? '' : namesOf([destination.term]).names[0]?.text;
  const which =
    sources.length === 1 && destinations.length === 1 ? 'Source and destination' : 'All hosts here';
  const summary = `${which} are the same host, ${quoteFound(host ?? '')}; a host needs no delegation to itself.`;
  const expected = 'another host as destination';
  return cursor.refuse('command.same', summary, {
    expected,
    position: destination?.position ?? cursor.position,
  });
}

/**
 * A host on both sides counts once. With n hosts there are at most n × (n − 1) ordered pairs, so the limit of hosts holds
 * the pairs of every way to 4032 as well.
 */
function refuseMany(cursor: CommandCursor, placed: readonly PlacedTerm[]): void {
  const named = new Set<string>();
  let over: PlacedTerm | null = null;
  for (const each of placed) {
    if (each.term.kind === 'all') continue;
    for (const key of keysOf(each.term)) named.add(key);
    if (named.size > MOST_HOSTS) over ??= each;
  }
  if (over === null) return;
  const summary = `The request names ${named.size} hosts; at most ${MOST_HOSTS} fit, which make ${MOST_PAIRS} pairs.`;
  throw cursor.refuse('command.many', summary, {
    expected: 'fewer hosts in one request; further requests for the others',
    position: over.position,
  });
}
