import type { Plan } from '../../core/delegation/plan';
import type { Envelope } from '../../core/moves/envelope';
import { namesInOrder, saidSetting } from '../../core/hyperv/said-settings';
import { once } from '../../core/once';
import { allowedMoves, stayingMachines } from '../cards/moves/plan-lines';
import type { PlanParts } from '../cards/plan-blocks';
import { haveWords, writesOf, type ObjectWrites } from './write-lines';

/** All that an approval of a plan allows, to its last character: every write of the directory, every machine that may move, and where to. */
export const entriesOf = once((plan: PlanParts): readonly ObjectWrites[] => {
  const writes = writesOf(plan.directory.changes);
  const { envelope } = plan.hosts;
  if (!envelope) return writes;
  let number = writes.reduce((sum, { lines }) => sum + lines.length, 0);
  const numbered = (text: string): string => `${(number += 1)}. ${text}`;
  const settings = settingsOf(plan).map(({ heading, lines }) => ({ heading, lines: lines.map(numbered) }));
  const moves = allowedMoves(plan).map((text, at) => ({
    text: `${text.replaceAll(/ {2,}/g, ', ')}, id ${envelope.machines[at]?.id ?? ''}`,
    isRoom: envelope.machines[at]?.room === true,
  }));
  const asked = moves.filter(({ isRoom }) => !isRoom).map(({ text }) => numbered(text));
  const room = moves.filter(({ isRoom }) => isRoom).map(({ text }) => numbered(text));
  return [
    ...writes,
    ...settings,
    { heading: 'Machines that may move', lines: asked },
    ...(room.length > 0 ? [{ heading: 'Machines of other hosts that make room first', lines: room }] : []),
    ...[...destinationsOf(envelope), ...stayingOf(plan)].map(({ heading, lines }) => ({
      heading,
      lines: lines.map(numbered),
    })),
  ];
});

/** How many of them there are. */
export function countEntries(plan: PlanParts): number {
  return entriesOf(plan).reduce((sum, { lines }) => sum + lines.length, 0);
}

/** What one of them is called: a move is no write. */
export function nounOf({ hosts }: Pick<Plan, 'hosts'>): 'write' | 'item' {
  return hosts.envelope ? 'item' : 'write';
}

/** Whether lines can say all of a plan. */
export function canBeListed(plan: PlanParts): boolean {
  return haveWords(plan.directory.changes) && countEntries(plan) > 0;
}

/** What is set before anything moves, a line for each host. */
function settingsOf({ hosts: { settings } }: Pick<Plan, 'hosts'>): readonly ObjectWrites[] {
  const lines = settings.map(({ host, before, after }) => {
    const said = namesInOrder(after).map(
      (name) => `${saidSetting(after, name)} (was: ${saidSetting(before, name)})`,
    );
    return `${host}: ${said.join(', ')}`;
  });
  return lines.length === 0 ? [] : [{ heading: 'How hosts move machines, set first', lines }];
}

/** With one destination each line says it. */
function destinationsOf({ destinations }: Envelope): readonly ObjectWrites[] {
  return destinations.length > 1
    ? [{ heading: 'Hosts to any of which each of them may go', lines: destinations }]
    : [];
}

function stayingOf(plan: PlanParts): readonly ObjectWrites[] {
  const lines = stayingMachines(plan).map((text) => text.replaceAll(/ {2,}/g, ', '));
  return lines.length === 0 ? [] : [{ heading: 'Machines that stay where they are', lines }];
}
