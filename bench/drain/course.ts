import { GB, type FabricMachine } from '../../lab/hyperv/model';
import { linksOf, speedOf } from '../../lab/hyperv/storage';
import { startDrainStage, type DrainStage } from './stage';

const HOST = 'hyper-v01';
/** Of the machines of the practice fabric, those on the host that is emptied. */
const THERE = 4;
const SIZES = [16, 24, 32, 48] as const;
const DISK_GIGABYTES = 40;

/** What is emptied. */
export interface Drain {
  readonly machines: number;
  /** Whether every third machine has its disk on the host itself. */
  readonly withDisks: boolean;
}

/** How long a drain took by the fabric’s clock, from the first move’s begin to the last one’s end, and what its bytes take at least, in milliseconds. */
export interface Course {
  readonly tookMs: number;
  readonly boundMs: number;
}

/** Empties a host of the practice fabric. Throws when it is not empty afterwards, or when a move of it has failed. */
export async function drainOnce(drain: Drain): Promise<Course> {
  const stage = await startDrainStage((like) => machinesOf(drain, like));
  try {
    const { state, remaining, ending } = await stage.drain(HOST);
    const left = remaining?.flatMap(({ machines }) => machines) ?? [HOST];
    if (state !== 'done' || left.length > 0) {
      throw new Error(`${HOST} is not empty: ${state}, ${left.join(', ')} ${ending?.problem?.summary ?? ''}`);
    }
    return courseOf(stage, drain.machines);
  } finally {
    await stage.stop();
  }
}

function machinesOf({ machines, withDisks }: Drain, like: FabricMachine): readonly FabricMachine[] {
  return Array.from({ length: machines - THERE }, (_, at) => {
    const name = `big-${at + 1}`;
    const bytes = (SIZES[at % SIZES.length] ?? 16) * GB;
    const local = { path: `D:\\Hyper-V\\${name}.vhdx`, bytes: DISK_GIGABYTES * GB, kind: 'local' as const };
    const shared = like.disks.map((disk) => ({ ...disk, path: disk.path.replace(like.name, name) }));
    return {
      ...like,
      id: `${String(at + 1).padStart(8, '0')}-1111-4c1d-9e2f-7a6b5c4d3e2f`,
      name,
      host: HOST,
      memory: { ...like.memory, startupBytes: bytes, assignedBytes: bytes, demandBytes: bytes },
      disks: withDisks && at % 3 === 0 ? [local] : shared,
    };
  });
}

/** The bound: every byte goes over each of the links of its move, and a link has no more than its speed. */
function courseOf({ fabric, now }: DrainStage, count: number): Course {
  const { moves, machines, hosts } = fabric.at(now());
  const done = moves.filter(({ state }) => state === 'done').length;
  if (done !== count || moves.length !== count) throw new Error(`${done} of ${moves.length} moves are done`);
  const bytes = new Map<string, number>();
  for (const move of moves) {
    const machine = machines.find(({ id }) => id === move.machine);
    for (const link of machine ? linksOf(move, machine, hosts) : []) {
      bytes.set(link, (bytes.get(link) ?? 0) + move.totalBytes);
    }
  }
  return {
    tookMs:
      Math.max(...moves.map(({ endedAt }) => endedAt ?? Infinity)) -
      Math.min(...moves.map(({ startedAt }) => startedAt)),
    boundMs: Math.max(...[...bytes].map(([link, all]) => all / speedOf(link, hosts))),
  };
}
