import type { Ledger, Lease } from '../../../../core/ports';
import { isMoving, type MoveStep } from '../../../../core/moves/move-step';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import type { Sight } from './sight';

/** A dead worker's slots are free again after this, in milliseconds; a living one renews them at every look. */
const SLOT_MS = 30_000;

type Parts = Pick<HostEffectorParts, 'ledger'>;

/**
 * Takes a slot at both ends of a move, or none: as many as each host says that it takes at a time, over all requests, and never more than are
 * free by what Windows shows, since people move machines too. False: one end is full.
 */
export async function takeSlots(
  { ledger }: Parts,
  record: RequestRecord,
  { step, sight }: { step: MoveStep; sight: Sight },
): Promise<boolean> {
  const holder = holderOf(record, step);
  const taken: Lease[] = [];
  const wanted = [
    // Two requests may be about one machine.
    () => ledger.takeLease(machineKey(step), holder, SLOT_MS, reasonOf(record, step)),
    ...[...new Set([step.from, step.to])].map((host) => () => takeOne(ledger, { host, holder, sight, step })),
  ];
  for (const take of wanted) {
    const lease = await take();
    if (lease) taken.push(lease);
    else {
      for (const each of taken) await ledger.releaseLease(each);
      return false;
    }
  }
  return true;
}

/** Keeps the slots of a move that goes on; one that was lost, since a look took too long, is taken again if there still is one. */
export async function keepSlots(
  { ledger }: Parts,
  record: RequestRecord,
  { step, sight }: { step: MoveStep; sight: Sight },
): Promise<void> {
  const holder = holderOf(record, step);
  const kept = await held(ledger, record, step);
  for (const { key } of kept) await ledger.takeLease(key, holder, SLOT_MS, reasonOf(record, step));
  await ledger.takeLease(machineKey(step), holder, SLOT_MS, reasonOf(record, step));
  for (const host of new Set([step.from, step.to])) {
    const isKept = kept.some(({ key }) => key.startsWith(`slot-${host}-`));
    if (!isKept) await takeOne(ledger, { host, holder, sight, step });
  }
}

/** Gives the slots of a move back. Never rejects: they end by themselves. */
export async function giveSlots({ ledger }: Parts, record: RequestRecord, step: MoveStep): Promise<void> {
  try {
    for (const { key, holder } of await held(ledger, record, step)) {
      const lease = await ledger.takeLease(key, holder, SLOT_MS);
      if (lease) await ledger.releaseLease(lease);
    }
  } catch {
    // Whoever wants them waits a little.
  }
}

async function takeOne(
  ledger: Ledger,
  { host, holder, sight, step }: { host: string; holder: string; sight: Sight; step: MoveStep },
): Promise<Lease | null> {
  const limits = sight.reading(host).facts?.migration;
  // A move of disks takes of both limits what is less.
  const most = Math.min(limits?.most ?? 0, step.storage === null ? Infinity : (limits?.mostStorage ?? 0));
  const leases = await ledger.leases(`slot-${host}-`);
  const isFull = (machines: readonly string[]): boolean =>
    new Set(machines.filter((machine) => machine !== step.machine)).size >= most;
  const known = [...leases.map((each) => machineOf(each.holder)), ...sight.moving(host)];
  if (isFull(known) || isFull([...known, ...(await begunAt(ledger, host))])) return null;
  for (let at = 1; at <= most; at += 1) {
    const lease = await ledger.takeLease(
      `slot-${host}-${at}`,
      holder,
      SLOT_MS,
      `${holder.split('/', 1)[0] ?? ''} moves a machine`,
    );
    if (lease) return lease;
  }
  return null;
}

/**
 * Machines that requests are moving from or to a host. Where a worker has died its leases are over before its moves are, and a host shows only those that
 * it sends away.
 */
async function begunAt(ledger: Ledger, host: string): Promise<readonly string[]> {
  const open = await Promise.all((await ledger.openRequests()).map((id) => ledger.read(id)));
  return open
    .flatMap((record) => record?.moves ?? [])
    .filter((step) => isMoving(step) && (step.from === host || step.to === host))
    .map(({ machine }) => machine);
}

async function held(ledger: Ledger, record: RequestRecord, step: MoveStep) {
  const all = await Promise.all(
    [`slot-${step.from}-`, `slot-${step.to}-`, machineKey(step)].map((prefix) => ledger.leases(prefix)),
  );
  return all.flat().filter(({ holder }) => holder === holderOf(record, step));
}

function machineKey({ machine }: MoveStep): string {
  return `machine-${machine}`;
}

/** The same whichever worker it is: a new one goes on with it. */
function holderOf({ label }: RequestRecord, { machine }: MoveStep): string {
  return `${label}/${machine}`;
}

function machineOf(holder: string): string {
  return holder.slice(holder.indexOf('/') + 1);
}

function reasonOf({ label }: RequestRecord, { name }: MoveStep): string {
  return `${label} moves ${name}`;
}
