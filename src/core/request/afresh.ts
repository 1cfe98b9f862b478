import type { RecordChange } from '../ports';

/** What a request begins its next plan with: nothing of the last one is carried out any more, and its decisions no longer count. */
export const AFRESH = {
  state: 'planning',
  steps: [],
  hostSteps: [],
  moves: [],
  replans: 0,
  rounds: [],
  remaining: null,
  attempt: 0,
  until: null,
} as const satisfies RecordChange;
