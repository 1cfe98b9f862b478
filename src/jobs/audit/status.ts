import type { Ledger, Queue, Role } from '../../core/ports';
import { freezeToShow, type Freeze } from '../../core/request/freeze';
import type { RequestRecord } from '../../core/request/record';
import { STREAM_START, timeOfPosition } from '../../core/audit/stream';
import { PRESENCE, type Present } from '../presence';

/** How much a queue holds. */
type Depth = Awaited<ReturnType<Queue['depth']>>;

/** How Handover is, as far as ledger and queues tell. Times in milliseconds since 1970, by the ledger's clock. */
export interface Status {
  readonly now: number;
  /** Where each program lives; empty: it does not. */
  readonly programs: Readonly<Record<Present, readonly string[]>>;
  readonly queues: readonly { readonly role: Role; readonly depth: Depth }[];
  readonly open: readonly RequestRecord[];
  /** Open requests whose record cannot be read. */
  readonly unreadable: readonly string[];
  readonly unreported: number;
  readonly writing: readonly { readonly what: string; readonly holder: string; readonly until: number }[];
  readonly freeze: Freeze | null;
  readonly seal: { readonly number: number; readonly total: number; readonly at: number } | null;
  /** When the oldest record was written that no seal covers; null: all are sealed. */
  readonly unsealedSince: number | null;
  /** When the oldest record was written that this host's mirror lacks; null: it has all. Undefined: there is no mirror here. */
  readonly unmirroredSince: number | null | undefined;
}

const ROLES: readonly Role[] = ['conduct', 'directory', 'hyperv', 'reports'];

/** Looks. `mirrored`: how far the mirror on this host goes. Throws Fault when ledger or queue does not answer. */
export async function readStatus(
  { ledger, queue }: { ledger: Ledger; queue: Pick<Queue, 'depth'> },
  mirrored?: string,
): Promise<Status> {
  const last = (await ledger.lastSeal())?.seal ?? null;
  const present = await ledger.leases(PRESENCE);
  const at = (program: Present): readonly string[] =>
    present.filter(({ key }) => key.startsWith(`${PRESENCE}${program}-`)).map(({ reason }) => reason);
  const ids = await ledger.openRequests();
  const read = await Promise.all(ids.map((id) => ledger.read(id).catch(() => id)));
  return {
    now: await ledger.time(),
    programs: { bot: at('bot'), conduct: at('conduct'), directory: at('directory'), hyperv: at('hyperv') },
    queues: await Promise.all(ROLES.map(async (role) => ({ role, depth: await queue.depth(role) }))),
    open: read.filter((each) => each !== null && typeof each !== 'string'),
    unreadable: read.filter((each) => typeof each === 'string'),
    unreported: (await ledger.unreported()).length,
    writing: (await ledger.leases('object-')).map(({ reason, holder, until }) => ({
      what: reason,
      holder,
      until,
    })),
    freeze: freezeToShow(await ledger.freezeState()),
    seal: last && { number: last.number, total: last.total, at: last.at },
    unsealedSince: await oldestAfter(ledger, last?.to ?? STREAM_START),
    unmirroredSince: mirrored === undefined ? undefined : await oldestAfter(ledger, mirrored),
  };
}

async function oldestAfter(ledger: Ledger, position: string): Promise<number | null> {
  const [first] = await ledger.auditStream(position, 1);
  return first ? timeOfPosition(first.position) : null;
}
