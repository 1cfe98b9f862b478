import { askedMoves } from '../../../../core/moves/asked-moves';
import { hasMoved } from '../../../../core/moves/move-step';
import type { Round } from '../../../../core/moves/round';
import { presentRound, withRound } from '../../../../core/moves/rounds';
import { isStopped } from '../../../../core/request/closing';
import type { RequestRecord } from '../../../../core/request/record';
import { commit, noteTrouble, type HostEffectorParts } from '../parts';

/**
 * Looks what is left on the hosts that were to be emptied: only who has looked says that a host is safe to service. Hosts whose machines return are
 * looked for from then on.
 */
export async function lookAtEmptied(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const round = presentRound(record);
  const ask = askedMoves(record);
  const asked = round?.hosts ?? (ask?.verb === 'drain' ? ask.hosts : []);
  // A forged intake reaches no host either.
  const hosts = asked.filter((host) => parts.settings.hosts.includes(host));
  const readings = await parts.hyperV.inventory(hosts);
  const mute = readings.find(({ facts }) => facts === null);
  if (mute) return noteTrouble(parts, record, silent(mute.host, mute.silent?.message));
  const remaining = readings.map(({ host, facts }) => ({
    host,
    // What a broken move has left half made is there too.
    machines: [...(facts?.machines ?? []), ...(facts?.planned ?? [])].map(({ name }) => name).toSorted(),
  }));
  const detail = { remaining: remaining.map(({ host, machines }) => `${host}: ${machines.length}`) };
  const isEmpty = remaining.every(({ machines }) => machines.length === 0);
  // A machine that nobody can find is no reason to call its host empty.
  const isStuck = record.moves.some(({ outcome }) => outcome?.kind === 'stuck');
  const isOpened = round && isEmpty && !isStuck && !isStopped(record);
  const opened = isOpened ? await open(parts, record, round) : null;
  if (opened && 'mute' in opened) return noteTrouble(parts, record, silent(opened.mute, opened.why));
  const rounds = opened ? { rounds: withRound(record.rounds, opened) } : {};
  return commit(parts, record, {
    change: { remaining, trouble: null, ...rounds },
    what: 'emptied',
    detail,
  });
}

/** Hosts that people may work on from now on, as they are before; or one that says nothing of itself. */
async function open(
  { hyperV, clock }: HostEffectorParts,
  { moves }: RequestRecord,
  round: Round,
): Promise<Round | { readonly mute: string; readonly why: string }> {
  const felt = await hyperV.pulse(round.hosts);
  const mute = felt.find(({ pulse }) => pulse === null);
  if (mute) return { mute: mute.host, why: mute.silent?.message ?? '' };
  const before = felt.flatMap(({ host, pulse }) =>
    pulse ? [{ host, bootedAt: pulse.bootedAt, build: pulse.build }] : [],
  );
  const away = moves.filter(hasMoved).length;
  return { ...round, leg: 'service', emptiedAt: clock.now(), before, away };
}

function silent(host: string, why = '') {
  return {
    code: 'host.silent',
    summary: `${host} does not answer: ${why} Whether it is empty is not known.`,
    remedy: `Check that ${host} is up and that WinRM answers there; it is looked at again by itself.`,
  };
}
