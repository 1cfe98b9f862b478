/** A sum of variables, each with its factor. */
export type Sum = readonly (readonly [factor: number, name: string])[];

/** A model in the making: what is to be as small as can be, and what has to hold. */
export interface Model {
  readonly least: Sum;
  readonly rows: readonly (readonly [sum: Sum, sign: '<=' | '>=' | '=', value: number])[];
  /** Variables that are 0 or 1; all others are at least 0. */
  readonly binary: readonly string[];
  /** Variables that may be negative. */
  readonly free: readonly string[];
}

/** What the solver says: proven optimal, proven impossible, or not known within the time. */
export type Answer =
  | { readonly kind: 'optimal'; readonly value: number; valueOf(name: string): number }
  | { readonly kind: 'impossible' | 'unknown' };

/** Solves models exactly, with HiGHS compiled to WebAssembly. `seconds` at most for each. */
export async function openSolver(seconds: number): Promise<(model: Model) => Answer> {
  // Only here: whoever runs another bench does not need it.
  const { default: loadHighs } = await import('highs');
  const highs = await loadHighs();
  return (model) => {
    const { Status, ObjectiveValue, Columns } = highs.solve(textOf(model), {
      time_limit: seconds,
      mip_rel_gap: 0,
      output_flag: false,
    });
    if (Status === 'Infeasible') return { kind: 'impossible' };
    if (Status !== 'Optimal') return { kind: 'unknown' };
    return {
      kind: 'optimal',
      value: ObjectiveValue,
      valueOf(name) {
        return Columns[name]?.Primal ?? 0;
      },
    };
  };
}

/** The format of CPLEX's LP files; lines are kept short, as some readers want it. */
function textOf({ least, rows, binary, free }: Model): string {
  const sum = (terms: Sum): string =>
    terms.map(([factor, name]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`).join('\n ');
  return [
    'Minimize',
    ` obj: ${sum(least)}`,
    'Subject To',
    ...rows.map(([terms, sign, value], at) => ` r${at}: ${sum(terms)} ${sign} ${value}`),
    'Bounds',
    ...free.map((name) => ` ${name} free`),
    'Binary',
    ...binary.map((name) => ` ${name}`),
    'End',
    '',
  ].join('\n');
}
