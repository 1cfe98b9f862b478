/** The part of `highs` that the bench uses, so that types are checked where this one solver is not installed. */
declare module 'highs' {
  interface Solution {
    readonly Status: string;
    readonly ObjectiveValue: number;
    readonly Columns: Readonly<Record<string, { readonly Primal?: number }>>;
  }
  interface Highs {
    /** `problem`: the text of an LP file. Throws when it cannot be read. */
    solve(problem: string, options: Readonly<Record<string, number | boolean>>): Solution;
  }
  function load(): Promise<Highs>;
  export = load;
}
