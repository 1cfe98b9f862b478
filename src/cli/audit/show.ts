import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Archived } from '../../core/audit/archive-port';
import { readAuditText } from '../../core/audit/record-text';
import { storyVerdict } from '../../core/audit/story-verdict';
import { SYSTEM_CHAIN, brokenLink, type AuditRecord } from '../../core/request/audit';
import type { Ledger } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import type { Settings } from '../../core/settings';
import { allRecords } from '../../jobs/audit/all-records';
import { moment } from '../../jobs/audit/moment';
import { requestLines } from '../../jobs/audit/request-lines';
import { timelineLines } from '../../jobs/audit/timeline';
import { findArchived, type ArchivedRequest } from '../../jobs/mirror/read-archive';
import { noteLook } from '../looks';
import { say } from '../run-once';
import { recordsHere } from './mirror-here';

/** Tells how a request stands. 0, or 1 when there is none. */
export async function show(ledger: Ledger, label: string): Promise<number> {
  const record = await ledger.findByLabel(label.toUpperCase());
  if (!record) return unknown(ledger, label);
  await noteLook(ledger, 'show', { id: record.id });
  say(requestLines(record));
  return 0;
}

/** Tells a request's whole story: how it stands, and every record of its chain. `system` for what belongs to no request. */
export async function story(ledger: Ledger, settings: Settings, typed: string): Promise<number> {
  const told =
    typed.toLowerCase() === SYSTEM_CHAIN ? await ofSystem(ledger) : await ofRequest(ledger, settings, typed);
  const { id, record, chain, archived } = told;
  if (chain.length === 0) return unknown(ledger, typed);
  await noteLook(ledger, 'audit.show', { id, detail: { request: typed } });
  const broken = brokenLink(chain);
  const sealed = archived ? 'archived' : await ledger.sealedEnd(chain[0]?.request ?? '');
  say([
    ...(record ? [...requestLines(record), ''] : []),
    ...timelineLines(chain),
    '',
    ...(archived ? [`Archived ${moment(archived.at)} to ${archived.place}`] : []),
    storyVerdict({ records: chain.length, brokenAt: broken, sealed }),
  ]);
  return broken === null ? 0 : 1;
}

/** What there is to tell. */
interface Story {
  /** Of the request in the ledger; '' where it is there no more. */
  readonly id: string;
  readonly record: RequestRecord | null;
  readonly chain: readonly AuditRecord[];
  /** Where the request was moved to. */
  readonly archived: Archived | null;
}

async function ofSystem(ledger: Ledger): Promise<Story> {
  return { id: '', record: null, chain: await ledger.audit(SYSTEM_CHAIN), archived: null };
}

async function ofRequest(ledger: Ledger, settings: Settings, typed: string): Promise<Story> {
  const label = typed.toUpperCase();
  const record = await ledger.findByLabel(label);
  if (record) return { id: record.id, record, chain: await ledger.audit(record.id), archived: null };
  const archived = await ledger.archived(label);
  const moved = archived && (await movedOut(archived));
  if (moved) return { id: '', record: moved.record, chain: moved.chain, archived };
  return { id: '', record: null, chain: await chainOf(ledger, settings, label), archived };
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

/** A request that was archived, if its file is on this host. */
async function movedOut({ place, label }: Archived): Promise<ArchivedRequest | null> {
  const [host, ...rest] = place.split(':');
  const file = rest.join(':');
  return host === hostname() && existsSync(file) ? findArchived(file, label) : null;
}

async function unknown(ledger: Ledger, label: string): Promise<number> {
  const where = await ledger.archived(label.toUpperCase());
  const told = where
    ? `${where.label} was archived ${moment(where.at)} to ${where.place}: run “handover audit show ${where.label}” there.`
    : `No request is called ${label}. Look at “handover status”.`;
  process.stderr.write(`${told}\n`);
  return 1;
}
