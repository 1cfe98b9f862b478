import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a mirror's files hold. */
export type FileKind = 'records' | 'seals';

const name = /^(records|seals)-(\d{4}-\d{2}-\d{2})-(\d{3})\.jsonl$/;

/** One file of a mirror: a day (UTC) and a number within it. */
export interface MirrorFile {
  readonly path: string;
  readonly day: string;
  readonly number: number;
}

/** A mirror's files of one kind, the oldest first. Throws what the file system says. */
export async function mirrorFiles(directory: string, kind: FileKind): Promise<readonly MirrorFile[]> {
  const files = (await readdir(directory)).flatMap((file) => {
    const [, found, day = '', number] = name.exec(file) ?? [];
    return found === kind ? [{ path: join(directory, file), day, number: Number(number) }] : [];
  });
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The file of that kind, day and number. */
export function mirrorFile(
  directory: string,
  kind: FileKind,
  { day, number }: Pick<MirrorFile, 'day' | 'number'>,
): MirrorFile {
  const file = `${kind}-${day}-${String(number).padStart(3, '0')}.jsonl`;
  return { path: join(directory, file), day, number };
}

/** The day (UTC) of a moment, `2026-11-28`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
