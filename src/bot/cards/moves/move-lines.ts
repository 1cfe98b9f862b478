import { leftMs } from '../../../core/moves/left-time';
import { hasMoved, isMoving, isReadying, type MoveStep } from '../../../core/moves/move-step';
import type { MoveProgress } from '../../../core/moves/progress-port';
import { isStopped } from '../../../core/request/closing';
import type { RequestRecord } from '../../../core/request/record';
import { grouped } from '../../../core/delegation/grouped';
import { counted, visible } from '../text';
import { aboutMs, bar } from './amounts';
import { readyingLines } from './readying-lines';
import { isAwaitingRoom } from './room-lines';
import { namesOf, stuckLines, unmovedLines } from './unmoved-lines';

/** So many moves that go on get a line each. */
const MOST_BARS = 12;

/** Plain sentences: what has moved and is well, what is under way and how far, what waits for what, and what was not moved. */
export function moveLines(
  record: Pick<RequestRecord, 'moves' | 'hostSteps' | 'plan' | 'ending' | 'instructions'>,
  progress: readonly MoveProgress[] = [],
): readonly string[] {
  const { moves, plan, ending } = record;
  if (moves.length === 0)
    return plan?.hosts.envelope ? [ending ? 'No machine was moved.' : nothingYet(record)] : [];
  const percent = new Map(progress.map((each) => [each.machine, each.percent]));
  const left = moves.filter((step) => !step.intent && !step.outcome && !isReadying(step));
  const isAwaitingIn = isAwaitingRoom(record);
  const isAwaiting = (step: MoveStep): boolean => !isStopped(record) && isAwaitingIn(step);
  const awaiting = ending ? [] : left.filter(isAwaiting);
  return [
    ...(ending || moves.length === 1
      ? []
      : [`${overall(moves, percent)}${leftSaid(leftMs(moves, plan?.forecast ?? null, progress))}`]),
    ...stuckLines(moves),
    ...grouped(moves.filter(isSound), ({ to }) => to).map(
      (steps) => `Moved, and well: ${namesOf(steps)}, on ${steps[0]?.to ?? ''}.`,
    ),
    ...moves.filter((step) => hasMoved(step) && !isSound(step)).map(unwell),
    ...(ending ? [] : readyingLines(moves)),
    ...movingLines(moves.filter(isMoving), percent),
    ...grouped(left.filter(isWaiting), ({ from }) => from).map(waiting),
    ...unmovedLines(moves),
    ...grouped(awaiting, ({ to }) => to).map(
      (steps) => `Waiting until others have made room on ${steps[0]?.to ?? ''}: ${namesOf(steps)}.`,
    ),
    ...groupLine(
      ending ? left : left.filter((step) => !isWaiting(step) && !isAwaiting(step)),
      ending ? 'Not moved' : 'Not begun yet',
    ),
  ];
}

function nothingYet({ plan, hostSteps }: Pick<RequestRecord, 'plan' | 'hostSteps'>): string {
  const isSet = (plan?.hosts.settings.length ?? 0) > 0;
  const isWritten = hostSteps.length > 0 || plan?.directory.changes.length === 0;
  if (isSet && isWritten) return 'No machine has moved yet: the settings of hosts come first.';
  return `No machine has moved yet: the delegation that they need comes first${isSet ? ', then the settings of hosts' : ''}.`;
}

/** Whether a machine has arrived and nothing is wrong with it. */
function isSound(step: MoveStep): boolean {
  return hasMoved(step) && (step.outcome?.health ?? []).every(({ isWell }) => isWell);
}

function overall(moves: readonly MoveStep[], percent: ReadonlyMap<string, number>): string {
  const over = moves.filter(({ outcome }) => outcome).length;
  const sum = moves.reduce((total, step) => total + farOf(step, percent), 0);
  return `${bar(sum / moves.length)}   ${over} of ${counted(moves.length, 'machine')}`;
}

function leftSaid(ms: number | null): string {
  return ms === null ? '' : `   ${aboutMs(ms)} left`;
}

/** What has not begun has come nowhere, whatever is known of an earlier try. */
function farOf(
  { machine, intent, outcome, arrivedAt }: MoveStep,
  percent: ReadonlyMap<string, number>,
): number {
  if (outcome ?? arrivedAt) return 100;
  return intent ? (percent.get(machine) ?? 0) : 0;
}

function groupLine(steps: readonly MoveStep[], word: string): readonly string[] {
  return steps.length === 0 ? [] : [`${word}: ${namesOf(steps)}.`];
}

function unwell({ name, to, outcome }: MoveStep): string {
  const ill = (outcome?.health ?? []).filter(({ isWell }) => !isWell);
  return [
    `⚠ ${visible(name)} is on ${to}, and not as it was:`,
    ...ill.map(({ name: check, sentence, fix }) => `✖ ${check}: ${sentence}\nTo do: ${fix}`),
  ].join('\n');
}

function movingLines(steps: readonly MoveStep[], percent: ReadonlyMap<string, number>): readonly string[] {
  const left = steps.length - MOST_BARS;
  return [
    ...steps.slice(0, MOST_BARS).map((step) => moving(step, percent.get(step.machine))),
    ...(left > 0 ? [`… and ${counted(left, 'machine')} more on the way.`] : []),
  ];
}

function moving({ name, from, to, arrivedAt, doubtSince }: MoveStep, percent: number | undefined): string {
  const way = `${visible(name)}   ${from === to ? from : `${from} → ${to}`}`;
  if (doubtSince !== null) return `${way}   is being looked for on both hosts`;
  if (arrivedAt !== null) return `${way}   has arrived, and is watched until it is well`;
  return `${way}   ${percent === undefined ? 'has begun' : bar(percent)}`;
}

function isWaiting({ waitingSince, intent, outcome }: MoveStep): boolean {
  return waitingSince !== null && intent === null && outcome === null;
}

/** That it runs on is what whoever waits wants to know first. */
function waiting(steps: readonly MoveStep[]): string {
  const from = steps[0]?.from ?? '';
  const [wait, stay] = steps.length === 1 ? ['waits', 'stays'] : ['wait', 'stay'];
  return (
    `${namesOf(steps)} ${wait} for Windows to notice the delegation of ${from} (up to 15 min), and ${stay} there meanwhile.\n` +
    `To do: nothing. If it is urgent, on ${from}: klist purge -li 0x3e7`
  );
}
