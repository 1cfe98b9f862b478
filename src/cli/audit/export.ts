import { once } from 'node:events';
import type { Ledger } from '../../core/ports';
import type { Settings } from '../../core/settings';
import { allRecords } from '../../jobs/audit/all-records';
import { exportLines, type Format } from '../../jobs/audit/export';
import { noteLook } from '../looks';
import { SettingsError } from '../settings-file';
import { recordsHere } from './mirror-here';

/** What `handover audit export` is told. */
export interface ExportOptions {
  readonly since?: string;
  readonly ticket?: string;
  readonly format: Format;
}

/** Writes records to standard output, those of the mirror on this host and of Redis. */
export async function exportAudit(
  ledger: Ledger,
  settings: Settings,
  { since, ticket, format }: ExportOptions,
): Promise<number> {
  const wanted = { since: since === undefined ? 0 : momentOf(since), ticket: ticket ?? null };
  await noteLook(ledger, 'audit.export', { detail: { since: since ?? '', ticket: ticket ?? '', format } });
  const records = allRecords({ ledger, mirror: recordsHere(settings) });
  for await (const line of exportLines(records, wanted, format)) {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  }
  return 0;
}

/** Throws SettingsError when it is no date. */
function momentOf(text: string): number {
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d{1,3})?Z)?$/.test(text);
  const ms = isDate ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new SettingsError(
      `--since takes a date such as 2026-11-28 or 2026-11-28T19:30Z, in UTC, not ${text}. Nothing was written.`,
    );
  }
  return ms;
}
