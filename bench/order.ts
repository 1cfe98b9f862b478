/** What a bench is asked for. */
export interface BenchOrder {
  /** How often each thing is measured, after a warm-up that does not count. */
  readonly runs: number;
  /** Tells the person in front of it how it goes. */
  readonly say: (line: string) => void;
}
