import { readAuditText } from '../../core/audit/record-text';
import { SYSTEM_CHAIN, brokenLink, type AuditRecord } from '../../core/request/audit';
import type { Ledger } from '../../core/ports';
import type { Settings } from '../../core/settings';
import { allRecords } from '../../jobs/audit/all-records';
import { requestLines } from '../../jobs/audit/request-lines';
import { timelineLines } from '../../jobs/audit/timeline';
import { noteLook } from '../looks';
import { say } from '../run-once';
import { recordsHere } from './mirror-here';

/** Tells how a request stands. 0, or 1 when there is none. */
export async function show(ledger: Ledger, label: string): Promise<number> {
  const record = await ledger.findByLabel(label.toUpperCase());
  if (!record) return unknown(label);
  await noteLook(ledger, 'show', { id: record.id });
  say(requestLines(record));
  return 0;
}

/** Tells a request's whole story: how it stands, and every record of its chain. `system` for what belongs to no request. */
export async function story(ledger: Ledger, settings: Settings, typed: string): Promise<number> {
  const label = typed.toUpperCase();
  const isSystem = typed.toLowerCase() === SYSTEM_CHAIN;
  const record = isSystem ? null : await ledger.findByLabel(label);
  const id = isSystem ? SYSTEM_CHAIN : (record?.id ?? null);
  const chain = id === null ? await chainOf(ledger, settings, label) : await ledger.audit(id);
  if (chain.length === 0) return unknown(typed);
  await noteLook(ledger, 'audit.show', { id: record?.id ?? '', detail: { request: typed } });
  const broken = brokenLink(chain);
  const sealed = await ledger.sealedEnd(chain[0]?.request ?? '');
  say([
    ...(record ? [...requestLines(record), ''] : []),
    ...timelineLines(chain),
    '',
    broken === null
      ? `${chain.length} records, each follows from the one before${sealed ? `; sealed up to record ${sealed.seq} by seal ${sealed.seal}` : '; not sealed yet'}.`
      : `Record ${broken + 1} does NOT follow from the one before it: run “handover audit verify”.`,
  ]);
  return broken === null ? 0 : 1;
}

/** The chain of a request that is in Redis no more, from the mirror on this host. */
async function chainOf(ledger: Ledger, settings: Settings, label: string): Promise<readonly AuditRecord[]> {
  const chain: AuditRecord[] = [];
  for await (const record of allRecords({ ledger, mirror: recordsHere(settings) })) {
    const link = record.label === label ? readAuditText(record.text) : null;
    if (link) chain.push(link);
  }
  return chain;
}

function unknown(label: string): number {
  process.stderr.write(`No request is called ${label}. Look at “handover status”.\n`);
  return 1;
}
