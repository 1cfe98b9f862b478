import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file of lines that only grows. */
export interface LineFile {
  /** Bytes that are safely there. */
  readonly size: number;
  /** The last line, null when there is none. */
  readonly last: string | null;
  /** Adds lines and waits until the disk has them. */
  add(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const LINE_END = 10;

/**
 * Opens a file to go on with it, or makes it. A last line without an end was being written when its writer died: nobody was told that it
 * is there, so it is cut off. Lines are written at their own place and not at whatever the end is: a writer that was taken for dead and
 * comes back writes the same bytes over the same bytes. `isNew`: its lines begin with ours, whatever is there already.
 */
export async function openLineFile(path: string, { isNew = false } = {}): Promise<LineFile> {
  const file = await openOrMake(path);
  const text = isNew ? Buffer.alloc(0) : await file.readFile();
  const end = text.lastIndexOf(LINE_END) + 1;
  if (end < text.length) await file.truncate(end);
  const lastStart = text.lastIndexOf(LINE_END, end - 2) + 1;
  let last = end === 0 ? null : text.toString('utf8', lastStart, end - 1);
  let size = end;
  return {
    get size() {
      return size;
    },
    get last() {
      return last;
    },
    async add(lines) {
      if (lines.length === 0) return;
      const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
      for (let sent = 0; sent < bytes.length;) {
        sent += (await file.write(bytes, sent, bytes.length - sent, size + sent)).bytesWritten;
      }
      await file.datasync();
      size += bytes.length;
      last = lines.at(-1) ?? last;
    },
    close: () => file.close(),
  };
}

async function openOrMake(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = await open(path, 'wx+', 0o640).catch((error: NodeJS.ErrnoException) =>
    error.code === 'EEXIST' ? open(path, 'r+') : Promise.reject(error),
  );
  // A new file is safely there only when its folder is.
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
  return made;
}
