import { existsSync } from 'node:fs';
import type { Settings } from '../../core/settings';
import { mirrorRecords } from '../../jobs/mirror/read-mirror';
import type { AuditCopy } from '../../jobs/audit/verify-copy';

/** The folder of the mirror if it is on this host. */
export function mirrorHere({ audit }: Settings): string | null {
  return audit.mirrorDirectory !== null && existsSync(audit.mirrorDirectory) ? audit.mirrorDirectory : null;
}

/** Its records, from the beginning. */
export function recordsHere(settings: Settings): AuditCopy['records'] | null {
  const directory = mirrorHere(settings);
  return directory === null ? null : mirrorRecords(directory);
}
