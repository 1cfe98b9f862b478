import type { Plan } from '../../../core/delegation/plan';
import type { AllowedMachine, Envelope } from '../../../core/moves/envelope';
import type { Forecast, ForecastMove } from '../../../core/moves/forecast';
import { aboutMs, bytesSaid } from './amounts';

const KINDS = { live: 'while it runs', cold: 'switched off as it is', storage: 'disks alone' } as const;

/** What is approved of moves, and what they are going to come to, as plain lines; empty where nothing moves. */
export function movePlanLines({ hosts, forecast }: Pick<Plan, 'hosts' | 'forecast'>): readonly string[] {
  const { envelope } = hosts;
  if (!envelope) return [];
  return [
    'Change: where machines run',
    ...(forecast && forecast.summary.length > 0 ? [forecast.summary.join(' · ')] : []),
    ...envelope.machines.map((machine) => machineLine(machine, envelope, forecast)),
    ...(forecast?.staying ?? []).map(({ name, host, short }) => `■  ${name}   stays on ${host}   ${short}`),
    ...(forecast && forecast.summary.length === 0 ? wholeLines(forecast) : []),
  ];
}

function machineLine(
  { id, name, from, storage }: AllowedMachine,
  { destinations }: Envelope,
  forecast: Forecast | null,
): string {
  const move = forecast?.moves.find(({ machine }) => machine === id);
  const to = move?.to ?? destinations.join(' or ');
  const way = from === to ? from : `${from} → ${to}`;
  return `→  ${name}   ${way}${move ? `   ${KINDS[move.kind]}, ${costSaid(move, storage)}` : ''}`;
}

/** Where no summary says it. */
function wholeLines({ moves, hosts, ms }: Forecast): readonly string[] {
  const ends = hosts.map(({ host, memory }) => `${host} ends at ${memory} % memory`);
  return [
    ...(moves.length > 1 ? [`All of it: ${aboutMs(ms)}`] : []),
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
