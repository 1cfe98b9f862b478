import { planMoves } from '../../src/core/fabric/plan-moves';
import { figure, type Figure } from '../figures';
import { instanceOf, type Shape } from './instances';
import { firstFitDecreasing, inventoryOrder } from './peers';
import { problemOf, UNIT_MS } from './problem';

const CASES = 300;
/** So many moves of each slot of the hosts that are emptied make a schedule that has no excuse. */
const MANY = 20;

/** What one larger fabric comes to. */
interface Case {
  readonly movers: number;
  readonly unplaced: { readonly own: number; readonly firstFit: number; readonly inventory: number };
  readonly others: number;
  readonly ofBound: number;
  readonly ofOneByOne: number;
  readonly movesOfSlot: number;
}

/** Larger fabrics, from 60 to 95 % full. */
export function benchOthers(say: (line: string) => void): readonly Figure[] {
  const cases = Array.from({ length: CASES }, (_, seed) => caseOf(seed));
  const movers = cases.reduce((sum, each) => sum + each.movers, 0);
  say(
    `${CASES} larger fabrics, ${movers} machines to move, ${total(cases, ({ others }) => others)} others moved`,
  );
  const many = cases.filter(({ movesOfSlot }) => movesOfSlot >= MANY);
  const whole = (of: (each: Case) => number): number => cases.filter((each) => of(each) === 0).length;
  const left = (of: (each: Case) => number): Figure['spread']['runs'] => [total(cases, of)];
  return [
    figure({
      name: 'large: everything placed by first-fit decreasing, of those where the planner does',
      unit: 'fabrics',
      runs: [whole(({ unplaced }) => unplaced.firstFit)],
      reference: [whole(({ unplaced }) => unplaced.own)],
    }),
    figure({
      name: 'large: everything placed in inventory order, of those where the planner does',
      unit: 'fabrics',
      runs: [whole(({ unplaced }) => unplaced.inventory)],
      reference: [whole(({ unplaced }) => unplaced.own)],
    }),
    figure({
      name: 'large: machines left by the planner, of those left by first-fit decreasing',
      unit: 'machines',
      runs: left(({ unplaced }) => unplaced.own),
      reference: left(({ unplaced }) => unplaced.firstFit),
    }),
    figure({
      name: 'large: machines left by the planner, of those left in inventory order',
      unit: 'machines',
      runs: left(({ unplaced }) => unplaced.own),
      reference: left(({ unplaced }) => unplaced.inventory),
    }),
    figure({
      name: 'large: time, of moving one at a time',
      unit: 'ratio',
      runs: cases.flatMap(({ ofOneByOne, unplaced }) => (unplaced.inventory === 0 ? [ofOneByOne] : [])),
      reference: [1],
    }),
    figure({
      name: 'large: time, of the bound',
      unit: 'ratio',
      runs: cases.map(({ ofBound }) => ofBound),
      reference: [1],
    }),
    figure({
      name: `large: time, of the bound, worst of ${many.length} with ${MANY} moves a slot`,
      unit: 'ratio',
      runs: [Math.max(...many.map(({ ofBound }) => ofBound))],
      reference: [1],
      goal: 1.01,
    }),
  ];
}

function caseOf(seed: number): Case {
  const instance = instanceOf(10_000 + seed, shapeOf(seed));
  const problem = problemOf(instance);
  const plan = planMoves(instance.input, {
    kind: 'drain',
    hosts: instance.sources,
    to: null,
    makeRoom: true,
  });
  const inventory = inventoryOrder(problem);
  const slots = instance.sources.reduce((sum, host) => sum + (problem.slots.get(host) ?? 1), 0);
  return {
    movers: problem.movers.length,
    unplaced: {
      own: plan.stuck.length,
      firstFit: firstFitDecreasing(problem).unplaced,
      inventory: inventory.unplaced,
    },
    others: plan.moves.filter(({ why }) => why === 'room').length,
    ofBound: plan.makespanMs / plan.boundMs,
    ofOneByOne: plan.makespanMs / (inventory.oneByOne * UNIT_MS),
    movesOfSlot: problem.movers.length / slots,
  };
}

function shapeOf(seed: number): Shape {
  const isLarge = seed % 2 === 1;
  return {
    hosts: 8 + (seed % 9),
    sources: 1 + (seed % 3),
    full: [0.6, 0.75, 0.85, 0.9, 0.93, 0.95][seed % 6] ?? 0.95,
    gigabytes: isLarge ? [448, 576] : [96, 160],
    sizes: isLarge ? [2, 4, 4, 8, 8, 12, 16, 24] : [8, 12, 16, 24, 32, 48, 64],
    slots: [2, 2, 2, 3, 4],
    links: seed % 4 < 2 ? 'each' : 'shared',
  };
}

function total(cases: readonly Case[], of: (each: Case) => number): number {
  return cases.reduce((sum, each) => sum + of(each), 0);
}
