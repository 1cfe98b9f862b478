import type { Flaw } from '../../core/audit/flaw';
import type { Mirror } from '../../core/audit/mirror-port';
import type { Clock, Ledger, Queue, Random } from '../../core/ports';
import type { Worker, WorkerLog } from '../worker';
import { askForSeals } from './ask-for-seals';
import { keepMirror } from './keep-mirror';

/** What keeps the audit: the conducting workers, one at a time. */
export interface KeeperParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WorkerLog;
  /** Opens this host's mirror; null when there is none. */
  readonly openMirror: (() => Promise<Mirror>) | null;
  readonly sealSeconds: number;
}

const EVERY_MS = 1_000;
const LEASE_MS = 10_000;

/** A round goes on only so long after its lease was taken. */
const ROUND_MS = 6_000;

/** The name of the lease of whoever keeps the audit. */
const KEEPER_LEASE = 'audit-keeper';

/** Keeps the audit until it is stopped. What fails is told once and tried again: nothing of it holds any request up. */
export function startAuditKeeper(parts: KeeperParts): Worker {
  const { ledger, clock, random, log } = parts;
  const holder = random.hex(4);
  const end = new AbortController();
  const told = new Set<string>();
  const open: { mirror: Mirror | null } = { mirror: null };
  const close = async (): Promise<void> => {
    await open.mirror?.close();
    open.mirror = null;
  };
  let sealedAt = clock.monotonic();
  /** Told once a day: the note itself is one more record that waits for its seal. */
  const noteRefusal = async ({ place, what }: Flaw): Promise<void> => {
    if (!(await ledger.claimOnce(`seal-refused-${place}`))) return;
    const entry = {
      what: 'seal.refused',
      who: `conduct/${holder}`,
      at: clock.now(),
      detail: { place, why: what },
    };
    await ledger.note('', entry);
  };
  const seal = async (mayGoOn: () => boolean): Promise<void> => {
    if (clock.monotonic() - sealedAt < parts.sealSeconds * 1_000) return;
    sealedAt = clock.monotonic();
    const flaw = await askForSeals(parts, mayGoOn);
    if (flaw) await noteRefusal(flaw);
  };
  const round = async (): Promise<void> => {
    const startedAt = clock.monotonic();
    const lease = await ledger.takeLease(KEEPER_LEASE, holder, LEASE_MS);
    // Whoever takes over goes on where the files end, so an old picture of them must not be kept.
    if (!lease) return close();
    const mayGoOn = (): boolean => !end.signal.aborted && clock.monotonic() - startedAt < ROUND_MS;
    open.mirror ??= (await parts.openMirror?.()) ?? null;
    // Without a mirror there are seals, and without a bot there is a mirror.
    if (open.mirror) await keepMirror(ledger, open.mirror, mayGoOn);
    await seal(mayGoOn);
  };
  const keeping = (async () => {
    while (!end.signal.aborted) {
      try {
        await round();
        told.clear();
      } catch (error) {
        const what = String(error);
        if (!told.has(what)) log.error({ err: error, role: 'conduct' }, 'audit not kept');
        told.add(what);
        await close().catch(() => undefined);
      }
      await clock.wait(EVERY_MS, end.signal);
    }
    await close();
  })();
  return {
    async stop() {
      end.abort();
      await keeping;
    },
  };
}
