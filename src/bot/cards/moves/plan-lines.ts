import type { Plan } from '../../../core/delegation/plan';
import type { ForecastMove } from '../../../core/moves/forecast';
import { aboutMs, bytesSaid } from './amounts';

const KINDS = { live: 'while it runs', cold: 'switched off as it is', storage: 'disks alone' } as const;

/** What is approved of moves, and what they are going to come to, as plain lines; empty where nothing moves. */
export function movePlanLines({ hosts, forecast }: Pick<Plan, 'hosts' | 'forecast'>): readonly string[] {
  const { envelope } = hosts;
  if (!envelope) return [];
  const of = new Map((forecast?.moves ?? []).map((move) => [move.machine, move]));
  const ends = (forecast?.hosts ?? []).map(({ host, memory }) => `${host} ends at ${memory} % memory`);
  return [
    'Change: where machines run',
    ...envelope.machines.map(({ id, name, from, storage }) => {
      const move = of.get(id);
      const to = move?.to ?? envelope.destinations.join(' or ');
      const way = from === to ? from : `${from} → ${to}`;
      return `→  ${name}   ${way}${move ? `   ${KINDS[move.kind]}, ${costSaid(move, storage)}` : ''}`;
    }),
    ...(forecast && envelope.machines.length > 1 ? [`All of it: ${aboutMs(forecast.ms)}`] : []),
    ...(ends.length === 0 ? [] : [ends.join(' · ')]),
  ];
}

function costSaid({ bytes, ms, kind }: ForecastMove, storage: string | null): string {
  if (bytes === 0) return 'at once';
  const disks = storage === null ? '' : ` with its local disks, to ${storage}`;
  const what =
    kind === 'storage'
      ? `${bytesSaid(bytes)} to copy, to ${storage ?? ''}`
      : `${bytesSaid(bytes)} to copy${disks}`;
  return `${what}, ${aboutMs(ms)}`;
}
