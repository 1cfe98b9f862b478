import { listed, clipped } from '../../../core/delegation/listing';
import { NO_HOSTS, type ListChange, type Plan, type Verdict } from '../../../core/delegation/plan';
import { listChanges } from '../../../core/delegation/powers';
import { removalOf } from '../../../core/delegation/removal';
import { isAmong } from '../../../core/delegation/values';
import type { Problem } from '../../../core/problem';
import { planDigests } from '../../../core/request/fingerprint';
import { UNNEEDED } from '../../../core/request/new-record';
import type { RequestRecord } from '../../../core/request/record';
import { newStep, stepOf } from './journal';
import { commit, endWith, noteTrouble, type DirectoryParts } from './parts';
import { claimedByOthers, findOverdue, isPassing, whyTheyStay } from './reversal-warrant';
import { onWriter } from './writer';

/**
 * Plans what a reversal takes away and begins at once, since it was approved with its parent: of what the parent added or kept,
 * by its journal and its approved plan, whatever is still there and nobody else claims.
 */
export async function planReversal(
  parts: DirectoryParts,
  record: RequestRecord,
): Promise<RequestRecord | 'paced' | null> {
  const overdue = await findOverdue(parts, record);
  if ('problem' in overdue) {
    // A parent that was planned again has another reversal; this one has nothing to do.
    const { problem } = overdue;
    if (problem.code === 'reversal.without-parent') return finish(parts, record, { problem: UNNEEDED });
    if (isPassing(problem)) {
      await noteTrouble(parts, record, problem);
      return 'paced';
    }
    return endWith(parts, record, { state: 'stuck', problem });
  }
  const { parent, plan } = overdue;
  // It begins nothing any more once its time is over, so it ends soon; what it has done is only then known.
  if (!parent.ending) {
    await noteTrouble(parts, record, stillRunning(parent));
    return 'paced';
  }
  const found = await Promise.all(
    listChanges(plan.directory).map((change) => takeAway(parts, parent, change)),
  );
  const changes = found.flatMap((each) => each.changes);
  const verdicts = found.flatMap((each) => each.verdicts);
  if (changes.length === 0) {
    const [stays] = verdicts;
    const problem = stays ? { code: stays.check, summary: stays.sentence, remedy: stays.remedy } : null;
    return finish(parts, record, { problem });
  }
  return begin(parts, record, { changes, verdicts });
}

interface Findings {
  readonly changes: readonly ListChange[];
  readonly verdicts: readonly Verdict[];
}

async function takeAway(parts: DirectoryParts, parent: RequestRecord, change: ListChange): Promise<Findings> {
  const step = stepOf(parent, change);
  // A write that nobody saw the end of may have come through.
  const { added = change.add, kept = change.keep } =
    step.outcome ?? (step.intent ? {} : { added: [], kept: [] });
  const ours = [...added, ...kept].filter((value) => isAmong([...change.add, ...change.keep], value));
  if (ours.length === 0) return { changes: [], verdicts: [] };
  const object = await onWriter(parts, [change], (at) => at.read(change.guid));
  if (!object) return { changes: [], verdicts: [] };
  const there = object.allowedToDelegateTo.filter((value) => isAmong(ours, value));
  const claimed = await claimedByOthers(parts, parent, { guid: object.guid, values: there });
  const remove = there.filter((value) => !claimed.includes(value));
  return {
    changes: removalOf(object, remove, parts.settings.modes),
    verdicts: claimed.length === 0 ? [] : [staysFor(object.name, claimed)],
  };
}

function begin(
  parts: DirectoryParts,
  record: RequestRecord,
  { changes, verdicts }: Findings,
): Promise<RequestRecord | null> {
  const { clock, directory } = parts;
  const part = { changes, destinations: [], forMs: null };
  const core = { number: (record.plan?.number ?? 0) + 1, directory: part, hosts: NO_HOSTS };
  const { fingerprint } = planDigests(record.intake.statement, core);
  const now = clock.now();
  const read = { server: directory.server, observedAt: now, decideBy: now };
  const plan: Plan = { ...core, forecast: null, verdicts, ...read, rules: '', fingerprint };
  const change = { state: 'running' as const, plan, steps: changes.map(newStep), trouble: null };
  return commit(parts, record, { change, what: 'run', detail: { plan: plan.number, fingerprint } });
}

/** Nothing of it is there any more, or somebody else wants all of it. */
function finish(
  parts: DirectoryParts,
  record: RequestRecord,
  { problem }: { problem: Problem | null },
): Promise<RequestRecord | null> {
  const ending = { problem, at: parts.clock.now() };
  return commit(parts, record, {
    change: { state: 'already-so', ending, trouble: null },
    what: 'already-so',
    detail: {},
  });
}

function staysFor(name: string, values: readonly string[]): Verdict {
  return {
    check: 'reversal.claimed',
    verdict: 'warn',
    sentence: clipped(whyTheyStay(name, listed(values, 8))),
    remedy: '',
  };
}

function stillRunning({ label }: RequestRecord) {
  return {
    code: 'reversal.parent-running',
    summary: `${label} is not finished yet; what it writes is taken away after that.`,
    remedy: '',
  };
}
