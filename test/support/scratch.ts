import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Directories of test runs begin with this and the id of the process that made them; see `sweepAbandoned` in parts.ts. */
export const scratchPrefix = 'handover-test-';

/** A new empty directory. Remove it in afterAll; what a killed run leaves is removed by the next one. */
export async function scratchDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${scratchPrefix}${process.pid}-`));
}
