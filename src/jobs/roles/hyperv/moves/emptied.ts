import { parseCommand } from '../../../../core/commands/parse';
import type { RequestRecord } from '../../../../core/request/record';
import { commit, noteTrouble, type HostEffectorParts } from '../parts';

/** Looks what is left on the hosts that were to be emptied: only who has looked says that a host is safe to service. */
export async function lookAtEmptied(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const parsed = parseCommand('/hv', record.intake.statement.command);
  const asked = parsed.ok && parsed.ask.verb === 'drain' ? parsed.ask.hosts : [];
  // A forged intake reaches no host either.
  const hosts = asked.filter((host) => parts.settings.hosts.includes(host));
  const readings = await parts.hyperV.inventory(hosts);
  const mute = readings.find(({ facts }) => facts === null);
  if (mute) {
    return noteTrouble(parts, record, {
      code: 'host.silent',
      summary: `${mute.host} does not answer: ${mute.silent?.message ?? ''} Whether it is empty is not known.`,
      remedy: `Check that ${mute.host} is up and that WinRM answers there; it is looked at again by itself.`,
    });
  }
  const remaining = readings.map(({ host, facts }) => ({
    host,
    // What a broken move has left half made is there too.
    machines: [...(facts?.machines ?? []), ...(facts?.planned ?? [])].map(({ name }) => name).toSorted(),
  }));
  const detail = { remaining: remaining.map(({ host, machines }) => `${host}: ${machines.length}`) };
  return commit(parts, record, { change: { remaining, trouble: null }, what: 'emptied', detail });
}
