import type { DelegateAsk, HostTerm, MoveAsk } from '../commands/ask';
import { leaving, type Envelope } from './envelope';

/**
 * The delegation that the moves of an envelope need, as if it had been asked for by itself: from every host that a machine leaves to every
 * destination, and back where they return, cifs and migration (domain facts: MS “Set up hosts for live migration without Failover Clustering”). Null: no machine changes
 * its host, or none is to be asked for. The directory part of a plan with moves is derived from this and nothing else.
 */
export function delegationFor(ask: MoveAsk, envelope: Envelope): DelegateAsk | null {
  const { machines, destinations, returns } = envelope;
  const sources = [...new Set(machines.map(({ from }) => from))].toSorted();
  if (ask.verb === 'rebalance' || ask.noDelegate || leaving(envelope).length === 0) return null;
  const way = returns ? 'both-ways' : 'one-way';
  return askFor({ sources, destinations, way, services: ['cifs', 'migration'] });
}

/** An ask for a delegation between hosts by their short names, as if it had been typed with nothing else. */
export function askFor({
  sources,
  destinations,
  ...what
}: Pick<DelegateAsk, 'way' | 'services'> & {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}): DelegateAsk {
  return {
    verb: 'delegate',
    sources: sources.map(hostTerm),
    destinations: destinations.map(hostTerm),
    ...what,
    protocol: null,
    forMs: null,
    reason: null,
    ticket: null,
    planOnly: false,
  };
}

function hostTerm(text: string): HostTerm {
  return { kind: 'host', host: { kind: 'short', text } };
}
