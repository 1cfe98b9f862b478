import type { ProgramName } from '../../lab/programs';
import { startInstance, type Instance } from '../support/instance';
import { KILL_PLACES } from '../support/kill-places';
import { playKilledAt } from '../support/kill-round';

/** `HANDOVER_SEED` replays one campaign, `HANDOVER_ROUNDS` says how long it is. */
const seed = Number(process.env['HANDOVER_SEED'] ?? 1);
const rounds = Number(process.env['HANDOVER_ROUNDS'] ?? 24);

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
function drawFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const draw = drawFrom(seed);
const all = (Object.keys(KILL_PLACES) as ProgramName[]).flatMap((program) =>
  KILL_PLACES[program].map((place) => ({ program, place })),
);
const plan = Array.from({ length: rounds }, (_, index) => {
  const { program, place } = all[Math.floor(draw() * all.length)] ?? { program: 'bot' as const, place: '' };
  return { program, place, from: `f${index}` };
});

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({
    hosts: ['to', ...plan.map(({ from }) => from)].map((name) => ({ name })),
  });
});
afterAll(() => instance.stop());

describe(`a campaign of kills, seed ${seed}`, () => {
  it.each(plan)(
    '$program dies $place',
    async (round) => {
      await playKilledAt(instance, { ...round, to: 'to' });
      expect((await instance.ledger.openRequests()).length).toBe(0);
    },
    60_000,
  );
});
