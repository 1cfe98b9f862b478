import { keptEmpty } from '../../../core/moves/kept-empty';
import { isLeftByChoice } from '../../../core/moves/move-step';
import type { RequestRecord } from '../../../core/request/record';
import { namesSaid } from '../names';
import { counted, visible } from '../text';

/**
 * What the last look has found on hosts that were to be emptied, a plain line for each that is not: the machines by name, those that the plan has
 * left with why. Empty where nobody has looked, or nothing is left.
 */
export function remainingLines({
  remaining,
  plan,
  moves,
}: Pick<RequestRecord, 'remaining' | 'plan' | 'moves'>): string[] {
  const left = moves.filter(isLeftByChoice);
  const why = new Map([
    ...(plan?.forecast?.staying ?? []).map(({ name, host, short }) => [`${host} ${name}`, short] as const),
    ...left.map(({ name, from }) => [`${from} ${name}`, 'left by choice'] as const),
  ]);
  return (remaining ?? [])
    .filter(({ machines }) => machines.length > 0)
    .map(({ host, machines }) => {
      const said = machines.map((name) => {
        const short = why.get(`${host} ${name}`);
        return short === undefined ? visible(name) : `${visible(name)} (${visible(short)})`;
      });
      return `■ Left on ${host}: ${counted(machines.length, 'machine')}: ${namesSaid(said)}.`;
    });
}

/** Which hosts a drain that is over keeps machines off, and how that ends: a plain line, or none. */
export function keptLines(record: RequestRecord): string[] {
  const kept = record.ending ? keptEmpty(record) : [];
  if (kept.length === 0) return [];
  const [its, host] = kept.length === 1 ? ['its', kept[0] ?? ''] : ['their', 'HOST'];
  return [
    `⛔ No machine is put on ${namesSaid(kept)} before ${its} machines are back (/hv return ${host}), or somebody says /hv uncordon ${host}.`,
  ];
}
