import type { Figure } from './figures';
import type { Result } from './result';

const HEAD = ['figure', 'unit', 'min', 'median', 'max', 'runs', 'reference', 'ratio', 'goal', ''];

/** The result as lines of text: what was measured where, and a row for each figure. */
export function tableOf({ bench, commit, machine, figures }: Result): readonly string[] {
  const rows = [HEAD, ...figures.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    `${bench} · ${commit.slice(0, 12)}${commit.endsWith('+changes') ? ' with changes' : ''} · ` +
      `${machine.cpus} × ${machine.model} · Node ${machine.node}`,
    ...rows.map(line),
  ];
}

function rowOf({ name, unit, reference, ratio, goal, met, spread }: Figure): readonly string[] {
  const { min, median, max, runs } = spread;
  return [
    name,
    unit,
    number(min),
    number(median),
    number(max),
    String(runs.length),
    number(reference),
    number(ratio),
    goal === null ? '' : `≤ ${goal}`,
    met === null ? '' : met ? 'met' : 'not met',
  ];
}

function number(value: number | null): string {
  return value === null ? '' : value.toFixed(value < 10 ? 2 : 1);
}
