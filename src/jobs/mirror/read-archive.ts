import { z } from 'zod';
import { readAuditText } from '../../core/audit/record-text';
import type { AuditRecord } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';
import { StoredRecordSchema } from '../../core/request/record-schema';
import { linesOfFile } from './lines-of-file';

/** A request as it was archived. */
export interface ArchivedRequest {
  readonly record: RequestRecord;
  readonly chain: readonly AuditRecord[];
}

const Line = z.object({ label: z.string(), record: StoredRecordSchema, chain: z.array(z.unknown()) });

/** A request from a file of the archive; the last line about it counts. Null when it has none. Throws what the file system says. */
export async function findArchived(file: string, label: string): Promise<ArchivedRequest | null> {
  let found: ArchivedRequest | null = null;
  for await (const { line } of linesOfFile(file)) {
    // Most lines are others': they are not read whole.
    if (line.startsWith(`{"label":${JSON.stringify(label)},`)) found = readLine(line) ?? found;
  }
  return found;
}

function readLine(line: string): ArchivedRequest | null {
  try {
    const { record, chain } = Line.parse(JSON.parse(line));
    const links = chain.map((each) => readAuditText(JSON.stringify(each)));
    // SAFETY: the line holds a whole record, with its plan and its values in place.
    return { record: record as RequestRecord, chain: links.filter((link) => link !== null) };
  } catch {
    return null;
  }
}
