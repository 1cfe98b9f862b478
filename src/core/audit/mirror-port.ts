import type { SignedSeal } from './seal';
import type { StreamRecord } from './stream';

/**
 * A copy of the stream and of the seals outside of Redis, only ever added to. It knows itself how far it goes, so whoever writes it next
 * goes on exactly there. What it holds is the same bytes whoever wrote it: two who write at once for a moment do no harm.
 * Methods throw Fault `mirror.unwritable` (later).
 */
export interface Mirror {
  /** The position of the last record that is safely there, `STREAM_START` before the first. */
  readonly position: string;
  /** The number of the last seal that is safely there, 0 before the first. */
  readonly seal: number;
  /** Adds what follows; resolves when it has reached the disk. */
  addRecords(records: readonly StreamRecord[]): Promise<void>;
  addSeals(seals: readonly SignedSeal[]): Promise<void>;
  /** Adds one line to the archive beside the mirror; resolves with the file when it has reached the disk. */
  archive(line: string, at: number): Promise<string>;
  close(): Promise<void>;
}
