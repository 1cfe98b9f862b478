import type { Plan } from '../../core/delegation/plan';
import type { MoveStep } from '../../core/moves/move-step';
import { moment, printable } from './moment';

/** What a plan allows of moves, for a terminal: each machine by name and id, from where and to where. */
export function allowedLines({ hosts }: Plan): readonly string[] {
  const { envelope } = hosts;
  if (!envelope) return [];
  return [
    `          machines, each to ${envelope.destinations.join(' or ')}`,
    ...envelope.machines.map(
      ({ id, name, from, storage, first }) =>
        `            > ${printable(name)} (${id}) from ${from}${storage === null ? '' : `, disks to ${printable(storage)}`}${first ? `, first: ${first}` : ''}`,
    ),
  ];
}

/** What became of a machine, for a terminal; nothing of one that was never begun. */
export function movedLines({ machine, name, from, to, intent, outcome }: MoveStep): readonly string[] {
  const what = `${printable(name)} (${machine}) ${from} > ${to}`;
  if (!outcome) {
    return intent
      ? [`Move      ${moment(intent.at)} ${what}: begun by ${intent.worker}, not resolved yet`]
      : [];
  }
  const { at, kind, inferred, problem, health } = outcome;
  const ill = health.filter(({ isWell }) => !isWell);
  return [
    `Move      ${moment(at)} ${what}: ${kind}${inferred ? ', seen, not answered' : ''}`,
    ...(problem ? [`          ${problem.code}: ${printable(problem.summary)}`] : []),
    ...ill.map(({ name: check, sentence }) => `          ${check}: ${printable(sentence)}`),
  ];
}
