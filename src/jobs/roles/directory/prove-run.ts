import { isAmong } from '../../../core/delegation/values';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Problem } from '../../../core/problem';
import type { Proof, RequestRecord } from '../../../core/request/record';
import { commit, endWith, type DirectoryParts } from './parts';

/**
 * Reads every change back on every domain controller and asks for proof of the power. A value of ours that the writer
 * itself no longer holds ends the request as stuck, with an alarm. No result claims more than was seen.
 */
export async function proveRun(
  parts: DirectoryParts,
  record: RequestRecord,
  plan: Plan,
): Promise<RequestRecord | null> {
  const readings = await Promise.all(plan.directory.changes.map((change) => readBack(parts, change)));
  const lost = readings.flatMap((reading) => reading.lostOnWriter);
  if (lost.length > 0) return endWith(parts, record, { state: 'stuck', problem: valueLost(parts, lost) });
  const servers = readings[0]?.servers ?? 0;
  const converged = Math.min(...readings.map((reading) => reading.converged));
  const proof = await judge(parts, plan, { servers, converged });
  const checks = proof.checks.map((check) => `${check.what}: ${check.result}`);
  const detail = { level: proof.level, converged, servers, checks };
  return commit(parts, record, { change: { proof, trouble: null }, what: 'proof', detail });
}

async function readBack(parts: DirectoryParts, change: DirectoryChange) {
  const readings = await parts.directory.readEverywhere(change.guid);
  const holds = (values: readonly string[] | null) =>
    values !== null && change.add.every((value) => isAmong(values, value));
  const writer = readings.find((reading) => reading.server === parts.directory.server);
  const values = writer?.values ?? (await parts.directory.read(change.guid))?.allowedToDelegateTo ?? [];
  return {
    servers: readings.length,
    converged: readings.filter((reading) => holds(reading.values)).length,
    lostOnWriter: change.add.filter((value) => !isAmong(values, value)),
  };
}

async function judge(
  parts: DirectoryParts,
  plan: Plan,
  { servers, converged }: { servers: number; converged: number },
): Promise<Proof> {
  const added = plan.directory.changes.flatMap((change) => change.add);
  const checks: { what: string; result: Proof['checks'][number]['result'] }[] = [];
  if (added.some((value) => !isCifs(value))) checks.push({ what: 'migration', result: 'read-back' });
  if (added.some(isCifs)) {
    for (const power of plan.directory.powers) {
      const result = await parts.proof.prove(power).catch(() => 'untestable' as const);
      checks.push({ what: 'cifs', result });
    }
  }
  const results = checks.map((check) => check.result);
  if (results.includes('refused'))
    return { level: 'not-proved', converged, servers, checks, note: noteOf(plan) };
  if (results.includes('granted')) return { level: 'proved', converged, servers, checks, note: '' };
  return { level: converged === servers ? 'converged' : 'written', converged, servers, checks, note: '' };
}

function noteOf(plan: Plan): string {
  return plan.directory.changes.some((change) => change.trust === 'kerberos-only')
    ? 'Written; live migration still needs “Use any authentication protocol” on the source.'
    : 'Written, but the KDC still refuses the ticket.';
}

function isCifs(value: string): boolean {
  return value.toLowerCase().startsWith('cifs/');
}

function valueLost(parts: DirectoryParts, lost: readonly string[]): Problem {
  return {
    code: 'write.lost',
    summary: `Read back on ${parts.directory.server}, this is not there: ${lost.join(', ')}.`,
    remedy:
      'Somebody took it away, or the journal in Redis is not true. Look at the object before you ask again.',
  };
}
