import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Adds one line to the archive of a month and waits until the disk has it. Gives the file. */
export async function addToArchive(directory: string, month: string, line: string): Promise<string> {
  const path = join(directory, `archive-${month}.jsonl`);
  const file = await open(path, 'a', 0o640);
  try {
    // After whatever a crash has left of another line.
    await file.appendFile(`\n${line}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  return path;
}
