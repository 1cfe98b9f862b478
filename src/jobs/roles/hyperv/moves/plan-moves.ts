import type { MigrateAsk, MoveAsk } from '../../../../core/commands/ask';
import { printAsk } from '../../../../core/commands/print';
import type { DirectoryPart, Plan, Verdict } from '../../../../core/delegation/plan';
import { delegationFor } from '../../../../core/moves/delegation-for';
import { planDrain } from '../../../../core/moves/plan-drain';
import { planMigrate, type PlannedMoves } from '../../../../core/moves/plan-migrate';
import { planRebalance } from '../../../../core/moves/plan-rebalance';
import { planReturn } from '../../../../core/moves/plan-return';
import { refuseCaps } from '../../../../core/policy/caps';
import { refuseRequester } from '../../../../core/policy/rules';
import { touchesOf } from '../../../../core/policy/touches';
import type { Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import type { Person } from '../../../../core/request/statement';
import { askDirectory } from '../../../ask-directory';
import type { Preview } from '../../../preview';
import { firstRefusal, newPlan, refusals } from '../../new-plan';
import { commit, type HostEffectorParts } from '../parts';
import { averagesOf, cordonedHosts, worldOf } from './world';

/** How long the role directory may take, in milliseconds. */
const DIRECTORY_MS = 20_000;

const NOTHING: DirectoryPart = { changes: [], destinations: [], forMs: null };

/** What was found about an ask to move machines: the moves, and what they need of the directory. */
export interface FoundMoves {
  readonly planned: PlannedMoves;
  readonly directory: DirectoryPart;
  readonly verdicts: readonly Verdict[];
}

/** Reads all hosts, plans the moves that the signed intake asks for with the delegation that they need, and records the plan. */
export async function planMoves(
  parts: HostEffectorParts,
  record: RequestRecord,
  ask: MoveAsk,
): Promise<RequestRecord | null> {
  const { rules, clock } = parts;
  const { by } = record.intake.statement;
  const { planned, directory, verdicts } = await findMoves(parts, ask, by);
  const isPlan = planned.kind === 'plan';
  const found = {
    directory,
    hosts: { settings: [], envelope: isPlan ? planned.envelope : null },
    forecast: isPlan ? planned.forecast : null,
    verdicts,
    server: parts.settings.hosts.join(', '),
    observedAt: clock.now(),
  };
  const plan = newPlan(record, found, { ...rules, now: clock.now() });
  const detail = { plan: plan.number, fingerprint: plan.fingerprint, verdicts: refusals(verdicts) };
  const problem = firstRefusal(verdicts) ?? (isPlan ? refuse(parts, by, plan) : null);
  if (isPlan && !problem) {
    const change = { state: 'waiting' as const, plan, trouble: null, attempt: 1 };
    return commit(parts, record, { change, what: 'plan', detail });
  }
  const state = planned.kind === 'already-so' ? 'already-so' : 'refused';
  const ending = { problem: state === 'refused' ? problem : null, at: clock.now() };
  const what = isPlan && problem ? problem.code : state;
  return commit(parts, record, { change: { state, plan, trouble: null, ending }, what, detail });
}

/** The same reading and planning as of a request, and no request. */
export async function findMoves(parts: HostEffectorParts, ask: MoveAsk, by: Person): Promise<FoundMoves> {
  const { queue } = parts;
  const planned = await planBy(parts, ask);
  const wish = planned.kind === 'plan' ? delegationFor(ask, planned.envelope) : null;
  if (!wish) return { planned, directory: NOTHING, verdicts: planned.verdicts };
  await askDirectory<unknown>(queue, { about: 'names', typed: [] }, DIRECTORY_MS);
  // SAFETY: a worker of the same program answers a preview so; the role directory derives it again before it writes any of it.
  const seen = (await queue.ask('directory', { command: printAsk(wish), by }, DIRECTORY_MS)) as Preview;
  const verdicts = [...planned.verdicts, ...seen.verdicts.filter(({ check }) => check !== 'pair.way-back')];
  return { planned, directory: seen.part ?? NOTHING, verdicts };
}

/** Whoever names a host does not overrule whoever keeps machines off it. */
function cordonedTo(cordoned: ReadonlySet<string>, { to }: MigrateAsk): PlannedMoves | null {
  if (!cordoned.has(to)) return null;
  const verdict = {
    check: 'host.cordoned',
    verdict: 'refuse' as const,
    sentence: `${to} is cordoned, so no machine is put there.`,
    remedy: `Choose another host, or ask /hv uncordon ${to}.`,
  };
  return { kind: 'refused', verdicts: [verdict] };
}

async function planBy(parts: HostEffectorParts, ask: MoveAsk): Promise<PlannedMoves> {
  const hosts = await parts.hyperV.inventory(parts.settings.hosts);
  switch (ask.verb) {
    case 'migrate':
      return cordonedTo(await cordonedHosts(parts), ask) ?? planMigrate(hosts, ask);
    case 'drain':
      return planDrain(hosts, await worldOf(parts), ask);
    case 'rebalance':
      return planRebalance(hosts, await averagesOf(parts), { world: await worldOf(parts), ask });
    case 'return':
      return planReturn(hosts, { ...(await worldOf(parts)), homes: await parts.ledger.homes() }, ask);
  }
}

function refuse({ rules }: HostEffectorParts, by: Person, plan: Plan): Problem | null {
  return refuseRequester(rules.policy, touchesOf(plan), by) ?? refuseCaps(rules.policy, plan);
}
