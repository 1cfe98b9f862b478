import type { AuditSettings } from '../../core/audit/audit-settings';
import type { Flaw } from '../../core/audit/flaw';
import type { Mirror } from '../../core/audit/mirror-port';
import type { Clock, Ledger, Queue, Random } from '../../core/ports';
import type { WorkerLog } from '../worker';
import { archiveRequests } from './archive-requests';
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
  readonly settings: Pick<AuditSettings, 'archiveDays' | 'sealSeconds'>;
}

type MayGoOn = () => boolean;

/** How often requests that are long over are looked for, in milliseconds; a tenth of the time after which they go if that is shorter. */
const ARCHIVE_EVERY_MS = 3_600_000;

/** The three things that keeping the audit is, each when its time has come. All throw Fault. */
export interface KeeperWork {
  mirror(mayGoOn: MayGoOn): Promise<void>;
  seal(mayGoOn: MayGoOn): Promise<void>;
  archive(mayGoOn: MayGoOn): Promise<void>;
  /** Lets go of the mirror: whoever takes over goes on where the files end. */
  close(): Promise<void>;
}

/** The work of one keeper. */
export function keeperWork(parts: KeeperParts, holder: string): KeeperWork {
  const { ledger, clock, log, settings } = parts;
  const open: { mirror: Mirror | null } = { mirror: null };
  const archiveEvery = Math.min(ARCHIVE_EVERY_MS, settings.archiveDays * 8_640_000);
  let sealedAt = clock.monotonic();
  let archivedAt = Number.NEGATIVE_INFINITY;
  return {
    async mirror(mayGoOn) {
      open.mirror ??= (await parts.openMirror?.()) ?? null;
      if (open.mirror) await keepMirror(ledger, open.mirror, mayGoOn);
    },
    async seal(mayGoOn) {
      if (clock.monotonic() - sealedAt < settings.sealSeconds * 1_000) return;
      sealedAt = clock.monotonic();
      const flaw = await askForSeals(parts, mayGoOn);
      if (flaw) await noteRefusal(parts, holder, flaw);
    },
    async archive(mayGoOn) {
      const { mirror } = open;
      if (!mirror || clock.monotonic() - archivedAt < archiveEvery) return;
      const moved = await archiveRequests({ ...parts, mirror }, mayGoOn);
      // What this round had no time for is the next one's.
      if (mayGoOn()) archivedAt = clock.monotonic();
      if (moved > 0) log.info({ moved, role: 'conduct' }, 'requests archived');
    },
    async close() {
      await open.mirror?.close();
      open.mirror = null;
    },
  };
}

/** Told once a day: the note itself is one more record that waits for its seal. */
async function noteRefusal(
  { ledger, clock }: KeeperParts,
  holder: string,
  { place, what }: Flaw,
): Promise<void> {
  if (!(await ledger.claimOnce(`seal-refused-${place}`))) return;
  const detail = { place, why: what };
  await ledger.note('', { what: 'seal.refused', who: `conduct/${holder}`, at: clock.now(), detail });
}
