import { figure, type Figure } from '../figures';
import type { BenchOrder } from '../order';
import { withUndoing } from '../undoing';
import { prepareRaw } from './ldap-commands';
import { countOf, emptyLists } from './lists';
import { peakMemory } from './memory';
import { carryOut, type Carried } from './request';
import { addOneByOne } from './samba-tool';
import { openStage, type Stage } from './stage';

const MOST = 64;
const SIZES = [MOST, 32, 16, 8] as const;
type Size = (typeof SIZES)[number];

/** How much longer than the bare commands. */
const RAW_GOAL = 2;
/** A thousand times faster than one value at a time. */
const ONE_BY_ONE_GOAL = 1 / 1_000;
const SAMBA_VALUES = 3;
const MEMORY_MB = 150;
/** A mesh of 64 may not cost more for each value than smaller ones; a tenth is what the medians of this many runs sway by. */
const GROWTH_GOAL = 1.1;

/** What one round has measured, in milliseconds and MB. */
interface Round {
  readonly carried: Readonly<Record<Size, Carried>>;
  readonly raw: number;
  readonly oneByOne: number;
  readonly memory: number;
}

/**
 * The full mesh of 64 hosts by the directory worker, against the commands of ldap-utils and of samba-tool on the same server; and
 * meshes of fewer hosts, to see that no value costs more because there are more of them.
 */
export function benchMesh({ runs, say }: BenchOrder): Promise<readonly Figure[]> {
  return withUndoing(async (undoing) => {
    say(`Starting a domain with ${MOST} hosts, and the workers`);
    const stage = await openStage(undoing, MOST);
    const raw = await prepareRaw(stage);
    const rounds: Round[] = [];
    for (let run = 0; run <= runs; run += 1) {
      const round = await measure(stage, raw, run);
      // The first round only warms up both sides.
      if (run > 0) rounds.push(round);
      say(`${run === 0 ? 'warm-up' : `run ${run}`}: ${told(round)}`);
    }
    return figuresOf(rounds);
  });
}

/** By turns, each on empty lists. */
async function measure(stage: Stage, raw: { run(): Promise<number> }, run: number): Promise<Round> {
  const emptied = async <T>(work: () => Promise<T>): Promise<T> => {
    await emptyLists(stage);
    return work();
  };
  const mesh = (size: Size) => emptied(() => carryOut(stage, stage.hosts.slice(0, size)));
  const rawMs = await emptied(() => raw.run());
  const carried = { 64: await mesh(64), 32: await mesh(32), 16: await mesh(16), 8: await mesh(8) };
  const oneByOne = await emptied(() => addOneByOne(stage, { values: SAMBA_VALUES, from: run }));
  return { carried, raw: rawMs, oneByOne, memory: await peakMemory(stage.worker.child.pid ?? 0) };
}

function told({ carried, raw, oneByOne, memory }: Round): string {
  const sizes = SIZES.map((size) => `${size}: ${sum(carried[size]).toFixed(0)}`).join(', ');
  const plan = carried[MOST].plan.toFixed(0);
  return `${sizes} ms (plan of ${MOST}: ${plan}); ldap-utils ${raw.toFixed(0)} ms, samba-tool ${(oneByOne / 60_000).toFixed(0)} min; ${memory.toFixed(0)} MB`;
}

function figuresOf(rounds: readonly Round[]): readonly Figure[] {
  const mesh = rounds.map(({ carried }) => sum(carried[MOST]));
  const name = `mesh of ${MOST} hosts, ${countOf(MOST).toLocaleString('en')} values`;
  const part = (which: keyof Carried) => rounds.map(({ carried }) => carried[MOST][which]);
  const perValue = (size: Size) => rounds.map(({ carried }) => (sum(carried[size]) * 1_000) / countOf(size));
  const growth = (smaller: Size) =>
    figure({
      name: `a value of ${MOST} hosts, against ${smaller}`,
      unit: 'µs',
      runs: perValue(MOST),
      reference: perValue(smaller),
      goal: GROWTH_GOAL,
    });
  const oneByOne = rounds.map((round) => round.oneByOne);
  return [
    figure({ name, unit: 'ms', runs: mesh, reference: rounds.map(({ raw }) => raw), goal: RAW_GOAL }),
    figure({ name: '· submitted → waiting', unit: 'ms', runs: part('plan') }),
    figure({ name: '· decided → done', unit: 'ms', runs: part('run') }),
    figure({ name: 'ldapsearch, ldapmodify, ldapsearch', unit: 'ms', runs: rounds.map(({ raw }) => raw) }),
    figure({
      name: 'the mesh, against samba-tool',
      unit: 'ms',
      runs: mesh,
      reference: oneByOne,
      goal: ONE_BY_ONE_GOAL,
    }),
    figure({ name: 'samba-tool for each value, extrapolated', unit: 'ms', runs: oneByOne }),
    figure({
      name: 'most memory of the directory worker',
      unit: 'MB',
      runs: rounds.map(({ memory }) => memory),
      reference: [MEMORY_MB],
      goal: 1,
    }),
    growth(32),
    growth(16),
    ...[32, 16, 8].map((size) =>
      figure({ name: `a value of ${size} hosts`, unit: 'µs', runs: perValue(size as Size) }),
    ),
  ];
}

function sum({ plan, run }: Carried): number {
  return plan + run;
}
