import { checkAnchors, type Anchor } from '../../core/audit/anchors';
import type { Flaw } from '../../core/audit/flaw';
import type { SignedSeal } from '../../core/audit/seal';
import { STREAM_START, timeOfPosition } from '../../core/audit/stream';
import type { Verifier } from '../../core/ports';
import { compareCopies } from './compare-copies';
import { moment } from './moment';
import { ledgerRecords, ledgerSeals, type AuditSource } from './ledger-copy';
import type { CopyCount, FoundFlaw, Source, Verified } from './verified';
import { verifyChains } from './verify-chains';
import { verifyCopy, type AuditCopy } from './verify-copy';

/** What there is to verify: Redis, a mirror, or both, and what was posted of the seals. */
export interface ToVerify {
  readonly ledger: AuditSource | null;
  /** Reads the mirror from its beginning, each time. */
  readonly mirror: (() => Promise<AuditCopy>) | null;
  readonly verifier: Verifier;
  readonly anchors: readonly Anchor[];
}

/** What was found in one copy, or in none. */
interface Found {
  readonly flaws: readonly Flaw[];
  readonly count: CopyCount | null;
  readonly seals: readonly (SignedSeal | null)[] | null;
}

const NOTHING: Found = { flaws: [], count: null, seals: null };

/** Verifies an audit as far as it can be had. Throws Fault when the ledger does not answer. */
export async function verifyAudit({ ledger, mirror, verifier, anchors }: ToVerify): Promise<Verified> {
  // The mirror first: whatever it has, Redis had before.
  const inMirror = mirror ? await verifyMirror(await mirror(), verifier) : NOTHING;
  const inRedis = ledger ? await verifyLedger(ledger, verifier) : NOTHING;
  const both = ledger && mirror ? await compareCopies(ledger, (await mirror()).records) : NONE_COMPARED;
  const posted = checkAnchors(anchors, inRedis.seals ?? inMirror.seals ?? []);
  const flaws = [
    ...from('Redis', inRedis.flaws),
    ...from('mirror', inMirror.flaws),
    ...from('Redis and mirror', [...both.flaws, ...compareSeals(inMirror.seals, inRedis.seals)]),
    ...from('anchors', posted),
  ];
  const counts = { redis: inRedis.count, mirror: inMirror.count, unmirrored: both.unmirrored };
  const trimmed = ledger && !mirror ? await ledger.trimmedTo() : STREAM_START;
  const unverified =
    trimmed === STREAM_START
      ? []
      : [
          `Records up to ${moment(timeOfPosition(trimmed))} were archived and are no longer in Redis: only a mirror can be verified for them. ` +
            'Run this on the host that has it, or name its folder with --mirror.',
        ];
  return { flaws, ...counts, anchors: anchors.length, unverified };
}

const NONE_COMPARED = { flaws: [], unmirrored: 0 };

async function verifyMirror(copy: AuditCopy, verifier: Verifier): Promise<Found> {
  const { flaws, count } = await verifyCopy(copy, verifier);
  return { flaws, count, seals: copy.seals };
}

async function verifyLedger(ledger: AuditSource, verifier: Verifier): Promise<Found> {
  const seals = await ledgerSeals(ledger);
  const from = await ledger.trimmedTo();
  const { flaws, count, walk } = await verifyCopy({ records: ledgerRecords(ledger), seals }, verifier, from);
  return { flaws: [...flaws, ...(await verifyChains(ledger, walk))], count, seals };
}

function from(source: Source, flaws: readonly Flaw[]): readonly FoundFlaw[] {
  return flaws.map(({ place, what }) => ({ source, place, what }));
}

function compareSeals(mirrored: Found['seals'], kept: Found['seals']): readonly Flaw[] {
  if (!mirrored || !kept) return [];
  const other = mirrored.findIndex((each, at) => JSON.stringify(each) !== JSON.stringify(kept[at] ?? null));
  if (other === -1) return [];
  return [{ place: `seal ${other + 1}`, what: 'Redis and the mirror hold different seals, or Redis none.' }];
}
