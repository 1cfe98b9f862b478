import { grouped } from '../../../core/delegation/grouped';
import { isElsewhere } from '../../../core/moves/making-room';
import { isLeftByChoice, wasStopped, type MoveStep } from '../../../core/moves/move-step';
import { namesSaid } from '../names';
import { visible } from '../text';

/** Machines that somebody has to look after, each with what to do; these come before everything else. */
export function stuckLines(moves: readonly MoveStep[]): readonly string[] {
  return moves.flatMap(({ name, outcome }) =>
    outcome?.kind === 'stuck'
      ? [
          `🛑 ${outcome.problem?.summary ?? `${visible(name)} needs a person.`}\nTo do: ${outcome.problem?.remedy ?? ''}`,
        ]
      : [],
  );
}

/** Machines that were not moved, with why: the cause and whatever else is wrong, told once where it is the same of several. */
export function unmovedLines(moves: readonly MoveStep[]): readonly string[] {
  const failed = moves.filter(({ outcome }) => outcome?.kind === 'failed');
  const left = moves.filter(({ outcome }) => outcome?.kind === 'left');
  return [...grouped(failed, causeOf).map(notMoved), ...leftLines(left)];
}

/** Each with why, and once what to do. */
function leftLines(left: readonly MoveStep[]): readonly string[] {
  const why = left.flatMap(({ outcome }) => outcome?.problem ?? []);
  const chosen = left.filter(isLeftByChoice);
  const remedies = [...new Set(why.map(({ remedy }) => remedy))].filter((remedy) => remedy !== '');
  return [
    ...(why.length === 0
      ? []
      : [
          [...why.map(({ summary }) => `■ ${summary}`), ...remedies.map((each) => `To do: ${each}`)].join(
            '\n',
          ),
        ]),
    ...(chosen.length === 0
      ? []
      : [
          `■ ${chosen.length === 1 ? '1 machine was' : `${chosen.length} machines were`} left by choice: ${namesOf(chosen)}.`,
        ]),
  ];
}

/** What it is that kept a machine: the same for all that fail for one reason. */
export function causeOf({ name, from, outcome }: MoveStep): string {
  const { summary = '', remedy = '' } = outcome?.problem ?? {};
  return [from, summary.replaceAll(name, ''), remedy.replaceAll(name, '')].join('\n');
}

function notMoved(steps: readonly MoveStep[]): string {
  const [first, ...others] = steps;
  if (!first) return '';
  const { problem, diagnosis = [] } = first.outcome ?? {};
  const summary = problem?.summary ?? `${visible(first.name)} was not moved.`;
  const bad = diagnosis.filter(({ result }) => result === 'bad').map(({ evidence }) => evidence);
  const further = [...new Set(bad)].filter((evidence) => !summary.includes(evidence));
  return [
    `✖ ${summary}${whereNow(first)}`,
    ...(others.length === 0 ? [] : [`✖ The same goes for ${namesOf(others)}.`]),
    ...further.map((evidence) => `✖ Also: ${evidence}`),
    ...(problem && problem.remedy !== '' ? [`To do: ${problem.remedy}`] : []),
  ].join('\n');
}

/** A machine that was not moved is where it was, unless somebody else has moved it. */
function whereNow(step: MoveStep): string {
  const { name, from, to } = step;
  if (isElsewhere(step)) return '';
  if (from === to) return ` The disks of ${visible(name)} are where they were.`;
  return ` ${visible(name)} is still on ${from}${staysSaved(step) ? ', saved' : ''}.`;
}

/** One that was paused is not started again, since it did not run. */
function staysSaved(step: MoveStep): boolean {
  return step.first === 'save' && (step.readied?.doneAt ?? null) !== null && !wasStopped(step);
}

/** The names of machines, which their owners have given them. */
export function namesOf(steps: readonly MoveStep[]): string {
  return namesSaid(steps.map(({ name }) => visible(name)));
}
