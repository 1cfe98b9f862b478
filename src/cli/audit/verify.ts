import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readAnchors } from '../../core/audit/anchors';
import type { Mode } from '../../core/mode-lock';
import type { Settings } from '../../core/settings';
import { verifiedLines } from '../../jobs/audit/verified-text';
import { verifyAudit } from '../../jobs/audit/verify-audit';
import { mirrorRecords, mirrorSeals } from '../../jobs/mirror/read-mirror';
import { openKeys } from '../open-keys';
import { openLedger } from '../open-ledger';
import { say } from '../run-once';
import { SettingsError } from '../settings-file';
import { mirrorHere } from './mirror-here';

/** What `handover audit verify` is told. */
export interface VerifyOptions {
  readonly mirror?: string;
  /** Only the mirror is read. */
  readonly offline?: true;
  readonly anchors?: string;
}

/** How `verify` ends when nothing is wrong with what is here, and not all of it is. */
const NOT_ALL = 4;

/** Verifies the audit in Redis and in the mirror, against each other and against what was posted. 0 when all of it is sound. */
export async function verify(settings: Settings, mode: Mode, options: VerifyOptions): Promise<number> {
  const directory = options.mirror === undefined ? mirrorHere(settings) : resolve(options.mirror);
  if (options.offline && directory === null) {
    throw new SettingsError('--offline needs a mirror: name its folder with --mirror. Nothing was verified.');
  }
  const anchors = options.anchors === undefined ? [] : readAnchors(readFileSync(options.anchors, 'utf8'));
  if (options.anchors !== undefined && anchors.length === 0) {
    throw new SettingsError(
      `${options.anchors} holds no line such as “Audit seal 7 · 1204 records · 9f86…”. Nothing was verified.`,
    );
  }
  const ledger = options.offline ? null : await openLedger(settings, mode);
  try {
    const mirror =
      directory === null
        ? null
        : async () => ({ records: mirrorRecords(directory), seals: await mirrorSeals(directory) });
    const verified = await verifyAudit({ ledger, mirror, verifier: openKeys(settings), anchors });
    say(verifiedLines(verified));
    if (verified.flaws.length > 0) return 1;
    return verified.unverified.length > 0 ? NOT_ALL : 0;
  } finally {
    await ledger?.close();
  }
}
