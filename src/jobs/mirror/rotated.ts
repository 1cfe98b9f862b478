import { openLineFile, type LineFile } from './line-file';
import { mirrorFile, mirrorFiles, type FileKind, type MirrorFile } from './files';

/** Lines over several files: a new one each day, and when one has grown too large. */
export interface RotatedLines {
  /** The last line of all, null when there is none. */
  readonly last: string | null;
  add(lines: readonly { readonly day: string; readonly line: string }[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the newest file of a kind to go on with it. Which line goes into which file follows from the lines alone. */
export async function openRotated(
  directory: string,
  kind: FileKind,
  maxBytes: number,
): Promise<RotatedLines> {
  const files = await mirrorFiles(directory, kind);
  let at: MirrorFile | null = files.at(-1) ?? null;
  let file: LineFile | null = at && (await openLineFile(at.path));
  // A file that was made and never written to: the last line is in the one before.
  let last = file?.last ?? null;
  if (last === null && files.length > 1) last = await lastOf(files.at(-2));

  const turnTo = async (day: string): Promise<LineFile> => {
    const isSameDay = at !== null && at.day >= day;
    if (file && at && isSameDay && file.size < maxBytes) return file;
    const next = isSameDay && at ? { day: at.day, number: at.number + 1 } : { day, number: 1 };
    await file?.close();
    at = mirrorFile(directory, kind, next);
    file = await openLineFile(at.path, { isNew: true });
    return file;
  };

  return {
    get last() {
      return last;
    },
    async add(lines) {
      let batch: string[] = [];
      let into: LineFile | null = null;
      let size = 0;
      const flush = async (): Promise<void> => {
        await into?.add(batch);
        last = batch.at(-1) ?? last;
        batch = [];
      };
      for (const { day, line } of lines) {
        const isFull = into !== null && (size >= maxBytes || (at !== null && at.day < day));
        if (into === null || isFull) {
          await flush();
          into = await turnTo(day);
          ({ size } = into);
        }
        batch.push(line);
        size += Buffer.byteLength(line, 'utf8') + 1;
      }
      await flush();
    },
    close: async () => file?.close(),
  };
}

async function lastOf(file: MirrorFile | undefined): Promise<string | null> {
  if (!file) return null;
  const opened = await openLineFile(file.path);
  const { last } = opened;
  await opened.close();
  return last;
}
