import { hasMoved, isMoving, type MoveStep } from '../../../core/moves/move-step';
import type { MoveProgress } from '../../../core/moves/progress-port';
import type { RequestRecord } from '../../../core/request/record';
import { namesSaid } from '../names';
import { counted } from '../text';
import { bar } from './amounts';

/** Plain sentences: what has moved and is well, what is under way and how far, what waits for what, and what was not moved. */
export function moveLines(
  { moves, plan, ending }: Pick<RequestRecord, 'moves' | 'plan' | 'ending'>,
  progress: readonly MoveProgress[] = [],
): readonly string[] {
  if (moves.length === 0) return plan?.hosts.envelope ? ['No machine was moved.'] : [];
  const done = moves.filter(hasMoved);
  const percent = new Map(progress.map((each) => [each.machine, each.percent]));
  return [
    ...(ending || moves.length === 1 ? [] : [overall(moves, percent)]),
    ...groupLine(done.filter(isSound), (names, step) => `Moved, and well: ${names}, on ${step.to}.`),
    ...done.filter((step) => !isSound(step)).map(unwell),
    ...moves.filter(isMoving).map((step) => moving(step, percent.get(step.machine))),
    ...moves.filter(isWaiting).map(waiting),
    ...moves.filter(({ outcome }) => outcome?.kind === 'failed' || outcome?.kind === 'stuck').map(notMoved),
    ...groupLine(
      moves.filter((step) => !step.intent && !step.outcome && !isWaiting(step)),
      (names) => (ending ? `Not moved: ${names}.` : `Not begun yet: ${names}.`),
    ),
  ];
}

/** Whether nothing is wrong with a machine that has arrived. */
function isSound({ outcome }: MoveStep): boolean {
  return (outcome?.health ?? []).every(({ isWell }) => isWell);
}

function overall(moves: readonly MoveStep[], percent: ReadonlyMap<string, number>): string {
  const over = moves.filter(({ outcome }) => outcome).length;
  const sum = moves.reduce(
    (total, step) => total + (step.outcome ? 100 : (percent.get(step.machine) ?? 0)),
    0,
  );
  return `${bar(sum / moves.length)}   ${over} of ${counted(moves.length, 'machine')}`;
}

function groupLine(
  steps: readonly MoveStep[],
  line: (names: string, first: MoveStep) => string,
): readonly string[] {
  const [first] = steps;
  return first ? [line(namesSaid(steps.map(({ name }) => name)), first)] : [];
}

function unwell({ name, to, outcome }: MoveStep): string {
  const ill = (outcome?.health ?? []).filter(({ isWell }) => !isWell);
  return [
    `⚠ ${name} is on ${to}, and not as it was:`,
    ...ill.map(({ name: check, sentence, fix }) => `✖ ${check}: ${sentence}\nTo do: ${fix}`),
  ].join('\n');
}

function moving({ name, from, to, arrivedAt, doubtSince }: MoveStep, percent: number | undefined): string {
  const way = from === to ? from : `${from} → ${to}`;
  if (doubtSince !== null) return `${name}   ${way}   where it is is being looked at`;
  if (arrivedAt !== null) return `${name}   ${way}   is there; being looked at whether it is well`;
  return `${name}   ${way}   ${percent === undefined ? 'begun' : bar(percent)}`;
}

function isWaiting({ waitingSince, intent, outcome }: MoveStep): boolean {
  return waitingSince !== null && intent === null && outcome === null;
}

function waiting({ name, from }: MoveStep): string {
  return `${name} waits for Windows to notice the delegation of ${from} (up to 15 min).`;
}

/** With the checks of the diagnosis that found something else than what is told first. */
function notMoved(step: MoveStep): string {
  const { name, outcome } = step;
  const { problem, kind, diagnosis = [] } = outcome ?? {};
  if (kind === 'stuck') return `🛑 ${problem?.summary ?? name}\nTo do: ${problem?.remedy ?? ''}`;
  const summary = problem?.summary ?? `${name} was not moved.`;
  const bad = diagnosis.filter(({ result }) => result === 'bad').map(({ evidence }) => evidence);
  const others = [...new Set(bad)].filter((evidence) => !summary.includes(evidence));
  return [
    `✖ ${summary}${whereNow(step)}`,
    ...others.map((evidence) => `✖ Also: ${evidence}`),
    ...(problem && problem.remedy !== '' ? [`To do: ${problem.remedy}`] : []),
  ].join('\n');
}

/** A machine that was not moved is where it was, unless somebody else has moved it. */
function whereNow({ name, from, to, outcome }: MoveStep): string {
  if (outcome?.problem?.code === 'move.overtaken') return '';
  return from === to ? ` The disks of ${name} are where they were.` : ` ${name} is still on ${from}.`;
}
