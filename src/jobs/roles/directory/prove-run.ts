import type { DirectoryChange, Plan, Power } from '../../../core/delegation/plan';
import { keepsPower } from '../../../core/delegation/removal';
import { splitSpn } from '../../../core/delegation/spn';
import { isAmong, isSameText } from '../../../core/delegation/values';
import type { Problem } from '../../../core/problem';
import type { Proof, RequestRecord } from '../../../core/request/record';
import { commit, endWith, type DirectoryParts } from './parts';

/** How many powers are asked about at once: each question costs the KDC two tickets. */
const POWERS_AT_ONCE = 4;

type Check = Proof['checks'][number];

/**
 * Reads every change back on every domain controller and asks for proof of the power. A value of ours that the writer
 * itself no longer holds, or one that is back, ends the request as stuck, with an alarm. No result claims more than was seen.
 */
export async function proveRun(
  parts: DirectoryParts,
  record: RequestRecord,
  plan: Plan,
): Promise<RequestRecord | null> {
  const { changes } = plan.directory;
  const readings = await Promise.all(changes.map((change) => readBack(parts, change)));
  const lost = readings.flatMap((reading) => reading.lost);
  const back = readings.flatMap((reading) => reading.back);
  if (lost.length + back.length > 0) {
    return endWith(parts, record, { state: 'stuck', problem: undone(parts, { lost, back }) });
  }
  const servers = readings[0]?.servers ?? 0;
  const converged = Math.min(...readings.map((reading) => reading.converged));
  const proof = await judge(parts, plan, { servers, converged });
  const checks = proof.checks.map((check) => `${check.what}: ${check.result}`);
  const detail = { level: proof.level, converged, servers, checks };
  return commit(parts, record, { change: { proof, trouble: null }, what: 'proof', detail });
}

async function readBack(parts: DirectoryParts, change: DirectoryChange) {
  const readings = await parts.directory.readEverywhere(change.guid);
  const isAsPlanned = (values: readonly string[] | null) =>
    values !== null &&
    change.add.every((value) => isAmong(values, value)) &&
    !change.remove.some((value) => isAmong(values, value));
  const writer = readings.find((reading) => reading.server === parts.directory.server);
  const values = writer?.values ?? (await parts.directory.read(change.guid))?.allowedToDelegateTo ?? [];
  return {
    servers: readings.length,
    converged: readings.filter((reading) => isAsPlanned(reading.values)).length,
    lost: change.add.filter((value) => !isAmong(values, value)),
    back: change.remove.filter((value) => isAmong(values, value)),
  };
}

async function judge(
  parts: DirectoryParts,
  plan: Plan,
  { servers, converged }: { servers: number; converged: number },
): Promise<Proof> {
  const checks = [...readBackChecks(plan), ...(await askAbout(parts, powersToProve(plan)))];
  const isRemoval = plan.directory.changes.some(({ kind }) => kind === 'delegation-remove');
  const [hoped, feared] = isRemoval ? (['refused', 'granted'] as const) : (['granted', 'refused'] as const);
  const results = checks.map((check) => check.result);
  const known = { converged, servers, checks };
  if (results.includes(feared)) return { ...known, level: 'not-proved', note: noteOf(plan) };
  if (results.includes(hoped) && !results.includes('untestable'))
    return { ...known, level: 'proved', note: '' };
  return { ...known, level: converged === servers ? 'converged' : 'written', note: '' };
}

/** Values that no KDC can be asked about here: there, or gone, and that is all that is known. */
function readBackChecks({ directory }: Plan): readonly Check[] {
  const values = directory.changes.flatMap(({ add, remove }) => [...add, ...remove]);
  return values.some((value) => !isCifs(value)) ? [{ what: 'migration', result: 'read-back' }] : [];
}

/** The powers that cifs values of the plan give, or take away for good. */
function powersToProve({ directory }: Plan): readonly Power[] {
  return directory.powers.filter(({ source, destination }) => {
    const change = directory.changes.find(({ name }) => name === source);
    if (!change) return false;
    if (change.kind === 'delegation-add')
      return change.owners.some(({ spn, name }) => name === destination && isCifs(spn));
    return change.remove.some(isCifs) && !keepsPower(change, destination);
  });
}

async function askAbout(parts: DirectoryParts, powers: readonly Power[]): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (let at = 0; at < powers.length; at += POWERS_AT_ONCE) {
    const answers = powers
      .slice(at, at + POWERS_AT_ONCE)
      .map((power) => parts.proof.prove(power).catch(() => 'untestable' as const));
    for (const result of await Promise.all(answers)) checks.push({ what: 'cifs', result });
  }
  return checks;
}

function noteOf({ directory }: Plan): string {
  if (directory.changes.some(({ kind }) => kind === 'delegation-remove')) {
    return 'Written, but the KDC still grants a ticket: another value, or unconstrained delegation, may give the same power.';
  }
  return directory.changes.some((change) => change.trust === 'kerberos-only')
    ? 'Written; live migration still needs “Use any authentication protocol” on the source.'
    : 'Written, but the KDC still refuses the ticket.';
}

function isCifs(value: string): boolean {
  return isSameText(splitSpn(value)?.serviceClass ?? '', 'cifs');
}

function undone(
  parts: DirectoryParts,
  { lost, back }: { lost: readonly string[]; back: readonly string[] },
): Problem {
  const facts = [
    ...(lost.length > 0 ? [`this is not there: ${lost.join(', ')}`] : []),
    ...(back.length > 0 ? [`this is there again: ${back.join(', ')}`] : []),
  ];
  return {
    code: lost.length > 0 ? 'write.lost' : 'write.back',
    summary: `Read back on ${parts.directory.server}, ${facts.join('; ')}.`,
    remedy:
      'Somebody undid it, or the journal in Redis is not true. Look at the object before you ask again.',
  };
}
