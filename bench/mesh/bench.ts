import { figure, type Figure } from '../figures';
import type { BenchOrder } from '../order';
import { withUndoing } from '../undoing';
import { prepareRaw, type RawMesh } from './ldap-commands';
import { countOf, emptyLists } from './lists';
import { peakMemory } from '../memory';
import { carryOut, type Carried } from './request';
import { addOneByOne } from './samba-tool';
import { openStage, type Stage } from './stage';

const MOST = 64;
const SMALLER = [32, 16, 8] as const;
const SIZES = [MOST, ...SMALLER] as const;
type Size = (typeof SIZES)[number];

/** How much longer than the bare commands. */
const RAW_GOAL = 2;
/** A thousand times faster than one value at a time. */
const ONE_BY_ONE_GOAL = 1 / 1_000;
const SAMBA_VALUES = 3;
const MEMORY_MB = 150;
/** A value of a mesh of 64 hosts may not cost more than one of a smaller mesh; the tenth is what medians of nine runs sway by. */
const GROWTH_GOAL = 1.1;

/** What one round has measured, in milliseconds. */
interface Round {
  readonly carried: Readonly<Record<Size, Carried>>;
  readonly raw: number;
  readonly oneByOne: number;
}

/** Peaks in MB: of new workers that have carried out one full mesh, and of the one that has worked all rounds. */
interface Memory {
  readonly ofOne: readonly number[];
  readonly ofAll: number;
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
    const memory = await measureMemory(stage, runs);
    say(`most memory of a new worker: ${memory.ofOne.map((each) => each.toFixed(0)).join(', ')} MB`);
    return [...timesOf(rounds), ...memoryOf(memory), ...growthOf(rounds)];
  });
}

/** By turns, each on empty lists. */
async function measure(stage: Stage, raw: RawMesh, run: number): Promise<Round> {
  const emptied = async <T>(work: () => Promise<T>): Promise<T> => {
    await emptyLists(stage);
    return work();
  };
  const mesh = (size: Size) => emptied(() => carryOut(stage, stage.hosts.slice(0, size)));
  const rawMs = await emptied(() => raw.run());
  const carried = { 64: await mesh(64), 32: await mesh(32), 16: await mesh(16), 8: await mesh(8) };
  const oneByOne = await emptied(() => addOneByOne(stage, { values: SAMBA_VALUES, from: run }));
  return { carried, raw: rawMs, oneByOne };
}

/** VmHWM only grows, so that each reading takes a process of its own. */
async function measureMemory(stage: Stage, runs: number): Promise<Memory> {
  const ofAll = await peakMemory(stage.worker.pid);
  const ofOne: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await stage.worker.restart();
    await emptyLists(stage);
    await carryOut(stage, stage.hosts);
    ofOne.push(await peakMemory(stage.worker.pid));
  }
  return { ofOne, ofAll };
}

function told({ carried, raw, oneByOne }: Round): string {
  const sizes = SIZES.map((size) => `${size}: ${sum(carried[size]).toFixed(0)}`).join(', ');
  const minutes = (oneByOne / 60_000).toFixed(0);
  return `${sizes} ms; ldap-utils ${raw.toFixed(0)} ms, samba-tool ${minutes} min`;
}

function timesOf(rounds: readonly Round[]): readonly Figure[] {
  const mesh = rounds.map(({ carried }) => sum(carried[MOST]));
  const raw = rounds.map((round) => round.raw);
  const oneByOne = rounds.map((round) => round.oneByOne);
  const name = `mesh of ${MOST} hosts, ${countOf(MOST)} values`;
  const part = (which: keyof Carried) => rounds.map(({ carried }) => carried[MOST][which]);
  const ms = { unit: 'ms' };
  return [
    figure({ ...ms, name, runs: mesh, reference: raw, goal: RAW_GOAL }),
    figure({ ...ms, name: '· submitted → waiting', runs: part('plan') }),
    figure({ ...ms, name: '· decided → done', runs: part('run') }),
    figure({ ...ms, name: 'ldapsearch, ldapmodify, ldapsearch', runs: raw }),
    figure({
      ...ms,
      name: 'the mesh, against samba-tool',
      runs: mesh,
      reference: oneByOne,
      goal: ONE_BY_ONE_GOAL,
    }),
    figure({ ...ms, name: 'samba-tool for each value, extrapolated', runs: oneByOne }),
  ];
}

/** The limit stands as the reference. */
function memoryOf({ ofOne, ofAll }: Memory): readonly Figure[] {
  const limit = { reference: [MEMORY_MB], goal: 1 };
  return [
    figure({ name: 'most memory of a worker, one mesh', unit: 'MB', runs: ofOne, ...limit }),
    figure({ name: 'most memory of the worker, all rounds', unit: 'MB', runs: [ofAll] }),
  ];
}

function growthOf(rounds: readonly Round[]): readonly Figure[] {
  const perValue = (size: Size) => rounds.map(({ carried }) => (sum(carried[size]) * 1_000) / countOf(size));
  const against = (smaller: Size) =>
    figure({
      name: `a value of ${MOST} hosts, against ${smaller}`,
      unit: 'µs',
      runs: perValue(MOST),
      reference: perValue(smaller),
      goal: GROWTH_GOAL,
    });
  const alone = SMALLER.map((size) =>
    figure({ name: `a value of ${size} hosts`, unit: 'µs', runs: perValue(size) }),
  );
  return [against(32), against(16), ...alone];
}

function sum({ plan, run }: Carried): number {
  return plan + run;
}
