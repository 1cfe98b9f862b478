import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SignedSeal } from '../../core/audit/seal';
import { STREAM_START, type StreamRecord } from '../../core/audit/stream';
import { linesOfFile } from './lines-of-file';
import { mirrorFiles, type FileKind } from './files';
import { readRecordLine, readSealLine } from './lines';

/** A line of a mirror that is none of ours. */
export interface StrangeLine {
  /** `records-2026-11-28-001.jsonl, line 7`. */
  readonly strange: string;
}

/** The records of a mirror, in the order of its files. Throws what the file system says. */
export async function* mirrorRecords(directory: string): AsyncIterable<StreamRecord | StrangeLine> {
  for await (const { line, place } of linesOf(directory, 'records')) {
    yield readRecordLine(line) ?? { strange: place };
  }
}

/** The seals of a mirror; null for a line that is none. */
export async function mirrorSeals(directory: string): Promise<readonly (SignedSeal | null)[]> {
  const seals: (SignedSeal | null)[] = [];
  for await (const { line } of linesOf(directory, 'seals')) seals.push(readSealLine(line));
  return seals;
}

/** The position of the last record of a mirror, `STREAM_START` where it has none; nothing is written. */
export async function lastPosition(directory: string): Promise<string> {
  const last = (await mirrorFiles(directory, 'records')).toReversed();
  for (const { path } of last) {
    const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
    const record = readRecordLine(lines.at(-1) ?? '');
    if (record) return record.position;
  }
  return STREAM_START;
}

async function* linesOf(
  directory: string,
  kind: FileKind,
): AsyncIterable<{ readonly line: string; readonly place: string }> {
  const files = await mirrorFiles(directory, kind);
  for (const { path } of files) {
    let number = 0;
    // The last line of all may be being written.
    const isLast = path === files.at(-1)?.path;
    for await (const { line, isWhole } of linesOfFile(path)) {
      number += 1;
      if (isWhole || !isLast) yield { line: isWhole ? line : '', place: `${basename(path)}, line ${number}` };
    }
  }
}
