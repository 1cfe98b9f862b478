import type { MachineBefore, MoveOutcome } from '../../src/core/moves/move-step';

/** What a machine was like before its move, as a journal keeps it: it ran, and nothing is known of its network. */
export function machineBefore(change: Partial<MachineBefore> = {}): MachineBefore {
  return {
    state: 'running',
    uptimeMs: 0,
    heartbeat: 'ok',
    switches: [],
    addresses: [],
    at: 0,
    jobs: [],
    ...change,
  };
}

/** How a move has ended, as a journal keeps it, with nothing to say of it. */
export function moveOutcome(kind: MoveOutcome['kind'], change: Partial<MoveOutcome> = {}): MoveOutcome {
  return { kind, inferred: false, at: 0, problem: null, health: [], diagnosis: [], ...change };
}
