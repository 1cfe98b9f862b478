import fc from 'fast-check';
import type { Plan } from '../../../src/core/delegation/plan';
import type { SettingChange } from '../../../src/core/hyperv/host-settings';
import type { ForecastMove } from '../../../src/core/moves/forecast';
import type { MoveOutcome, MoveStep } from '../../../src/core/moves/move-step';
import { NOW } from '../../support/request-record';
import { machineId } from './move-states';

/** Names as their owners may have given them. */
const machineNames = fc.oneof(
  fc.constantFrom('web-01', 'SQL (old)', '<!channel>', '*db*', 'Kopie von web-01', 'x'.repeat(100)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map((text) => text.trim() || 'vm'),
);
const hosts = fc.constantFrom('hyper-v01', 'hyper-v02', 'hyper-v03', 'a23456789012345');
const moment = fc.option(fc.constant(NOW), { nil: null });
const sentences = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 150 })
  .map((text) => `Windows says ${text.trim()}.`);

const check = fc.record({
  name: fc.constantFrom('Delegation', 'Windows’ own check (Compare-VM)', 'Memory'),
  headline: fc.constantFrom('delegation is missing', 'too little memory'),
  result: fc.constantFrom('ok' as const, 'bad' as const, 'unknown' as const),
  evidence: sentences,
  fix: fc.constantFrom('', 'Ask for it: /delegate hyper-v01 -> hyper-v02.'),
  command: fc.option(fc.constantFrom('/delegate hyper-v01 -> hyper-v02', '/hv prepare hyper-v01'), {
    nil: null,
  }),
});

const outcome: fc.Arbitrary<MoveOutcome> = fc.record({
  kind: fc.constantFrom('moved', 'there', 'failed', 'stuck', 'left'),
  inferred: fc.boolean(),
  at: fc.constant(NOW),
  problem: fc.option(
    fc.record({
      code: fc.constantFrom('move.failed', 'move.overtaken', 'move.both-sides'),
      summary: sentences,
      remedy: fc.constantFrom('', 'Look at both hosts.'),
    }),
    { nil: null },
  ),
  health: fc.array(
    fc.record({
      name: fc.constantFrom('Heartbeat', 'Address'),
      isWell: fc.boolean(),
      sentence: fc.constant('It is not as it was.'),
      fix: fc.constant('Look at its console.'),
    }),
    { maxLength: 4 },
  ),
  diagnosis: fc.array(check, { maxLength: 17 }),
});

const machine = fc.record({
  name: machineNames,
  from: hosts,
  to: hosts,
  first: fc.option(fc.constantFrom('eject' as const, 'shut-down' as const, 'save' as const), { nil: null }),
  isTold: fc.boolean(),
  storage: fc.option(fc.constantFrom('D:\\Hyper-V', `E:\\${'x'.repeat(250)}`), { nil: null }),
  kind: fc.constantFrom<ForecastMove['kind']>('live', 'cold', 'storage'),
  bytes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2 ** 42 })),
  ms: fc.integer({ min: 0, max: 10 ** 9 }),
  waitingSince: moment,
  arrivedAt: moment,
  doubtSince: moment,
  isBegun: fc.boolean(),
  outcome: fc.option(outcome, { nil: null }),
});

const stayingMachine = fc.record({
  machine: fc.constant(machineId(9_999)),
  name: machineNames,
  host: hosts,
  short: fc.constantFrom('pass-through disk', 'too little memory'),
  reasons: fc.constant<string[]>(['It has a pass-through disk.']),
  choices: fc.constant<string[]>(['Detach it.']),
});

/** A plan's part about moves, and a journal of it; from one machine to more than a card can show. */
export interface DrawnMoves {
  readonly part: Pick<Plan, 'hosts' | 'forecast'>;
  readonly moves: readonly MoveStep[];
}

export const drawnMoves: fc.Arbitrary<DrawnMoves> = fc
  .record({
    machines: fc.oneof(
      { weight: 5, arbitrary: fc.array(machine, { minLength: 1, maxLength: 12 }) },
      { weight: 1, arbitrary: fc.array(machine, { minLength: 120, maxLength: 200 }) },
    ),
    setUp: fc.uniqueArray(hosts, { maxLength: 4 }),
    destinations: fc.uniqueArray(hosts, { minLength: 1, maxLength: 4 }),
    hasForecast: fc.boolean(),
    hasBegun: fc.boolean(),
    memory: fc.integer({ min: 0, max: 100 }),
    staying: fc.array(stayingMachine, { maxLength: 40 }),
    summary: fc.subarray(['5 machines move to 2 hosts', 'about 3 h 10 min', 'hyper-v02 ends at 61 % memory']),
  })
  .map(({ machines, setUp, destinations, hasForecast, hasBegun, memory, staying, summary }) => {
    const each = machines.map((drawn, at) => ({ ...drawn, machine: machineId(at + 1) }));
    return {
      part: {
        hosts: {
          settings: setUp.toSorted().map(settingOf),
          envelope: {
            machines: each.map(({ machine: id, name, from, storage, first }) => ({
              id,
              name,
              from,
              storage,
              ...(first !== null && { first }),
            })),
            destinations,
          },
        },
        forecast: hasForecast
          ? {
              moves: each.map(
                ({
                  waitingSince: _w,
                  arrivedAt: _a,
                  doubtSince: _d,
                  isBegun: _b,
                  outcome: _o,
                  first: _f,
                  isTold: _t,
                  ...move
                }) => move,
              ),
              staying,
              summary,
              hosts: destinations.map((host) => ({ host, memory })),
              ms: 10_000,
            }
          : null,
      },
      moves: hasBegun ? each.map(stepOf) : [],
    };
  });

/** A host that is set up first, as each of them may be. */
function settingOf(host: string, at: number): SettingChange {
  const before = at % 2 === 0 ? { enabled: false, auth: 'credssp' as const } : { auth: 'credssp' as const };
  const after = at % 2 === 0 ? { enabled: true, auth: 'kerberos' as const } : { auth: 'kerberos' as const };
  return { host, by: 'worker', before, after };
}

function stepOf({
  machine: id,
  name,
  from,
  to,
  storage,
  first,
  isBegun,
  isTold,
  ...rest
}: {
  readonly machine: string;
  readonly isBegun: boolean;
  readonly isTold: boolean;
  readonly [others: string]: unknown;
} & Pick<
  MoveStep,
  'name' | 'from' | 'to' | 'storage' | 'first' | 'waitingSince' | 'arrivedAt' | 'doubtSince' | 'outcome'
>): MoveStep {
  const { waitingSince, arrivedAt, doubtSince, outcome: end } = rest;
  const before = {
    state: 'running' as const,
    uptimeMs: 1,
    heartbeat: 'ok' as const,
    switches: [],
    addresses: [],
    at: NOW,
    jobs: [],
  };
  return {
    machine: id,
    name,
    from,
    to,
    storage,
    first,
    readied: isTold ? { at: NOW, worker: 'w', before, doneAt: isBegun ? NOW : null } : null,
    restart: null,
    waitingSince,
    arrivedAt,
    doubtSince,
    tries: 1,
    intent: isBegun ? { at: NOW, worker: 'w', before } : null,
    outcome: end,
  };
}
