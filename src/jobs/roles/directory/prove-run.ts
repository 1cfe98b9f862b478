import { canonicalText } from '../../../core/canonical';
import { grouped } from '../../../core/delegation/grouped';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Proof, RequestRecord } from '../../../core/request/record';
import { askTheKdc } from './ask-the-kdc';
import { commit, endWith, type DirectoryParts } from './parts';
import { readBack, undone, type ReadBack } from './read-back';

/** Objects that are read everywhere at the same time. */
const AT_ONCE = 16;

/**
 * Reads every change back on every domain controller and asks for proof of the power. A value of ours that the place where it
 * was written no longer holds, or one that is back, ends the request as stuck, with an alarm: an edit on another domain
 * controller has won, or somebody undid it. No result claims more than was seen. Null when nothing is new.
 */
export async function proveRun(
  parts: DirectoryParts,
  record: RequestRecord,
  plan: Plan,
): Promise<RequestRecord | null> {
  const readings = await readAll(parts, record, plan);
  const lost = readings.flatMap((reading) => reading.lost);
  const back = readings.flatMap((reading) => reading.back);
  if (lost.length + back.length > 0) {
    return endWith(parts, record, { state: 'stuck', problem: undone(parts, { lost, back }) });
  }
  const servers = readings[0]?.servers ?? 0;
  const converged = Math.min(...readings.map((reading) => reading.converged));
  const proof = await judge(parts, { plan, earlier: record.proof }, { servers, converged });
  if (record.proof && canonicalText(record.proof) === canonicalText(proof)) return null;
  const checks = proof.checks.map((check) => `${check.what}: ${check.result}`);
  const detail = { level: proof.level, converged, servers, checks };
  return commit(parts, record, { change: { proof, trouble: null }, what: 'proof', detail });
}

async function readAll(
  parts: DirectoryParts,
  record: RequestRecord,
  { directory }: Plan,
): Promise<readonly ReadBack[]> {
  const objects: readonly (readonly DirectoryChange[])[] = grouped(directory.changes, ({ guid }) => guid);
  const readings: ReadBack[] = [];
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    const few = objects.slice(at, at + AT_ONCE);
    readings.push(...(await Promise.all(few.map((changes) => readBack(parts, record, changes)))));
  }
  return readings;
}

async function judge(
  parts: DirectoryParts,
  { plan, earlier }: { plan: Plan; earlier: Proof | null },
  { servers, converged }: { servers: number; converged: number },
): Promise<Proof> {
  const isRemoval = plan.directory.changes.some(({ kind }) => kind === 'delegation-remove');
  const [hoped, feared] = isRemoval ? (['refused', 'granted'] as const) : (['granted', 'refused'] as const);
  const isProved = earlier?.checks.some(({ result }) => result === hoped) && earlier.note === '';
  const { checks, asked } =
    earlier && isProved ? { checks: earlier.checks, asked: '' } : await askTheKdc(parts, plan);
  const results = checks.map((check) => check.result);
  const known = { converged, servers, checks };
  if (results.includes(feared)) return { ...known, level: 'not-proved', note: noteOf(plan) };
  if (results.includes(hoped) && !results.includes('untestable'))
    return { ...known, level: 'proved', note: asked };
  return { ...known, level: converged === servers ? 'converged' : 'written', note: '' };
}

function noteOf({ directory }: Plan): string {
  if (directory.changes.some(({ kind }) => kind === 'delegation-remove')) {
    return 'Written, but the KDC still grants a ticket: another value, or unconstrained delegation, may give the same power.';
  }
  const isSet = directory.changes.some(({ kind }) => kind === 'trust-mode');
  const isMissing = directory.changes.some(
    (change) => change.attribute === 'msDS-AllowedToDelegateTo' && change.trust === 'kerberos-only',
  );
  return isMissing && !isSet
    ? 'Written; live migration still needs “Use any authentication protocol” on the source.'
    : 'Written, but the KDC still refuses the ticket.';
}
