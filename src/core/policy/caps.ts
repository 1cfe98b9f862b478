import type { Plan } from '../delegation/plan';
import { afterOf, listChanges } from '../delegation/powers';
import { isStopped } from '../moves/envelope';
import type { Problem } from '../problem';
import type { Policy } from './schema';

/** Why a plan is too much, or null. */
export function refuseCaps(
  { caps }: Policy,
  { directory: part, hosts }: Pick<Plan, 'directory' | 'hosts'>,
): Problem | null {
  const prepared = hosts.settings.length;
  if (caps?.preparedPerRequest !== undefined && prepared > caps.preparedPerRequest) {
    return {
      code: 'cap.prepared',
      summary: `This sets ${prepared} hosts; one request may set ${caps.preparedPerRequest}.`,
      remedy: 'Ask for fewer hosts at a time.',
    };
  }
  const tooMany = refuseMachines(caps, hosts);
  if (tooMany) return tooMany;
  const adding = part.changes.filter(({ kind }) => kind !== 'delegation-remove');
  const given = new Set(adding.map(({ guid }) => guid)).size;
  if (caps?.hostsPerRequest !== undefined && given > caps.hostsPerRequest) {
    return {
      code: 'cap.hosts',
      summary: `This changes ${given} hosts; one request may change ${caps.hostsPerRequest}.`,
      remedy: 'Ask for fewer hosts at a time.',
    };
  }
  const most = caps?.valuesPerHost;
  const full = listChanges(part).find(
    (change) => change.kind === 'delegation-add' && most !== undefined && afterOf(change).length > most,
  );
  if (!full) return null;
  return {
    code: 'cap.values',
    summary: `${full.name} would have ${afterOf(full).length} values in its list; a host may have ${most}.`,
    remedy: 'Take away what it does not need any more, with /undelegate, then ask again.',
  };
}

function refuseMachines(caps: Policy['caps'], hosts: Plan['hosts']): Problem | null {
  const moved = hosts.envelope?.machines.length ?? 0;
  if (caps?.movedPerRequest !== undefined && moved > caps.movedPerRequest) {
    return {
      code: 'cap.moved',
      summary: `This moves ${moved} machines; one request may move ${caps.movedPerRequest}.`,
      remedy: 'Ask for fewer machines at a time, with /hv migrate.',
    };
  }
  const stopped = hosts.envelope?.machines.filter(isStopped).length ?? 0;
  if (caps?.shutDownPerRequest !== undefined && stopped > caps.shutDownPerRequest) {
    return {
      code: 'cap.shut-down',
      summary: `This shuts down or saves ${stopped} machines; one request may do so with ${caps.shutDownPerRequest}.`,
      remedy: 'Let others stay: /hv choose REQUEST MACHINE leave.',
    };
  }
  return null;
}

/**
 * Why a person has asked for too much, or null. `open`: how many requests of that person are; `moving`: how many machines those move, if this one is
 * to move any, too; `lately`: requests of the last hour, this one included.
 */
export function refuseTooMany(
  { caps }: Policy,
  { open, moving, lately }: { open: number; moving: number; lately: number },
): Problem | null {
  if (caps?.openPerPerson !== undefined && open >= caps.openPerPerson) {
    return {
      code: 'cap.open',
      summary: `You have ${open} open requests; a person may have ${caps.openPerPerson}.`,
      remedy: 'Withdraw what you do not need any more, or wait for decisions.',
    };
  }
  if (caps?.movingPerPerson !== undefined && moving >= caps.movingPerPerson) {
    return {
      code: 'cap.moving',
      summary: `Your open requests move ${moving} machines; a person may have ${caps.movingPerPerson} on the move.`,
      remedy: 'Wait until some of them are over, or withdraw what you do not need any more.',
    };
  }
  if (caps?.requestsPerHour === undefined || lately <= caps.requestsPerHour) return null;
  return {
    code: 'cap.hour',
    summary: `You have asked ${lately - 1} times within an hour; a person may ask ${caps.requestsPerHour} times.`,
    remedy: 'Ask again later.',
  };
}
