import type { DelegateAsk, MigrateAsk, MoveAsk } from '../../../../core/commands/ask';
import { printAsk } from '../../../../core/commands/print';
import type { DirectoryPart, Plan, Verdict } from '../../../../core/delegation/plan';
import { listChanges } from '../../../../core/delegation/powers';
import type { HostReading } from '../../../../core/hyperv-port';
import { delegationFor } from '../../../../core/moves/delegation-for';
import { drainToPlan, plannedOf, type MovesToPlan, type PlanWorld } from '../../../../core/moves/plan-drain';
import { planMigrate, type PlannedMoves } from '../../../../core/moves/plan-migrate';
import { rebalanceToPlan } from '../../../../core/moves/plan-rebalance';
import { returnToPlan } from '../../../../core/moves/plan-return';
import { readWindow } from '../../../../core/moves/move-window';
import { windowVerdicts } from '../../../../core/moves/window-verdicts';
import { delegationForShare, sharesOf, shareVerdict, type Share } from '../../../../core/moves/shares';
import { refuseCaps } from '../../../../core/policy/caps';
import { refuseRequester } from '../../../../core/policy/rules';
import { touchesOf } from '../../../../core/policy/touches';
import { Fault, type Problem } from '../../../../core/problem';
import { chosenOf, verifiedChoices } from '../../../../core/request/choices';
import type { RequestRecord } from '../../../../core/request/record';
import type { Person } from '../../../../core/request/statement';
import type { Modes } from '../../../../core/settings';
import { askDirectory } from '../../../ask-directory';
import type { Preview } from '../../../preview';
import { firstRefusal, newPlan, refusals } from '../../new-plan';
import { observedKinds, observeOnly } from '../../observe-only';
import { commit, court, endWith, type HostEffectorParts } from '../parts';
import { planDrained } from './plan-room';
import { planRounds } from './rounds/plan-rounds';
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
  const said = ask.verb === 'drain' ? verifiedChoices(record, ask, court(parts)) : { words: [] };
  if ('problem' in said) return endWith(parts, record, { state: 'failed', problem: said.problem });
  const wish = { ...record.intake.statement, choices: chosenOf(said.words) };
  const { planned, directory, verdicts } = await findMoves(parts, ask, wish);
  const isPlan = planned.kind === 'plan';
  const found = {
    directory,
    hosts: { settings: isPlan ? planned.settings : [], envelope: isPlan ? planned.envelope : null },
    forecast: 'forecast' in planned ? planned.forecast : null,
    verdicts,
    server: parts.settings.hosts.join(', '),
    observedAt: clock.now(),
  };
  const plan = newPlan(record, found, { ...rules, now: clock.now() });
  const detail = { plan: plan.number, fingerprint: plan.fingerprint, verdicts: refusals(verdicts) };
  const problem = firstRefusal(verdicts) ?? (isPlan ? refuse(parts, plan, { by, ask }) : null);
  if ('forecast' in planned && !problem) {
    const change = { state: 'waiting' as const, plan, trouble: null, attempt: 1 };
    return commit(parts, record, { change, what: 'plan', detail });
  }
  const state = planned.kind === 'already-so' ? 'already-so' : 'refused';
  const ending = { problem: state === 'refused' ? problem : null, at: clock.now() };
  const what = isPlan && problem ? problem.code : state;
  return commit(parts, record, { change: { state, plan, trouble: null, ending }, what, detail });
}

/** The same reading and planning as of a request, and no request. */
export async function findMoves(
  parts: HostEffectorParts,
  ask: MoveAsk,
  {
    by,
    at,
    choices = {},
  }: { readonly by: Person; readonly at: number; readonly choices?: NonNullable<PlanWorld['choices']> },
): Promise<FoundMoves> {
  const hosts = await parts.hyperV.inventory(parts.settings.hosts);
  const planned = inWindow(parts, await planBy(parts, ask, { hosts, choices }), { ask, at });
  if (planned.kind !== 'plan') return { planned, directory: NOTHING, verdicts: planned.verdicts };
  const shares = await sharesSeen(parts, by, sharesOf(hosts, planned.forecast));
  const known = [...planned.verdicts, ...shares];
  const wish = delegationFor(ask, planned.envelope);
  if (!wish) return { planned, directory: NOTHING, verdicts: known };
  await askDirectory<unknown>(parts.queue, { about: 'names', typed: [] }, DIRECTORY_MS);
  const seen = await preview(parts, wish, by);
  const verdicts = [...known, ...seen.verdicts.filter(({ check }) => check !== 'pair.way-back')];
  return { planned, directory: seen.part ?? NOTHING, verdicts };
}

/** What the directory says of the shares that disks stay on. */
function sharesSeen(
  parts: HostEffectorParts,
  by: Person,
  shares: readonly Share[],
): Promise<readonly Verdict[]> {
  return Promise.all(
    shares.map(async (share) => {
      const wish = delegationForShare(share);
      const command = printAsk(wish);
      try {
        const { part, verdicts } = await preview(parts, wish, by);
        if (part) return shareVerdict(share, { missing: listChanges(part).map(({ name }) => name) }, command);
        return shareVerdict(share, { unknown: firstRefusal(verdicts)?.summary ?? '' }, command);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        return shareVerdict(share, { unknown: error.message }, command);
      }
    }),
  );
}

/** The plan of a delegation, as the role directory would make it now. */
async function preview({ queue }: HostEffectorParts, wish: DelegateAsk, by: Person): Promise<Preview> {
  // SAFETY: a worker of the same program answers a preview so; the role directory derives it again before it writes any of it.
  return (await queue.ask('directory', { command: printAsk(wish), by }, DIRECTORY_MS)) as Preview;
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

/** Whether what is planned fits the window that was asked for at this time. */
function inWindow(
  { rules, clock }: HostEffectorParts,
  planned: PlannedMoves,
  { ask, at }: { ask: MoveAsk; at: number },
): PlannedMoves {
  if (!ask.window || !('forecast' in planned)) return planned;
  const read = readWindow(ask.window, at, rules.policy.timeZone ?? 'UTC');
  const verdicts =
    'window' in read
      ? windowVerdicts(read.window, planned.forecast, clock.now())
      : [refuseVerdict(read.problem)];
  const isRefused = verdicts.some(({ verdict }) => verdict === 'refuse');
  const all = [...verdicts, ...planned.verdicts];
  return isRefused ? { kind: 'refused', verdicts: all } : { ...planned, verdicts: all };
}

function refuseVerdict({ code, summary, remedy }: Problem): Verdict {
  return { check: code, verdict: 'refuse', sentence: summary, remedy };
}

async function planBy(
  parts: HostEffectorParts,
  ask: MoveAsk,
  { hosts, choices }: { hosts: readonly HostReading[]; choices: NonNullable<PlanWorld['choices']> },
): Promise<PlannedMoves> {
  if (ask.verb === 'drain' && ask.returns !== null) {
    return planRounds(parts, hosts, {
      world: { ...(await worldOf(parts, { ask, request: null })), choices },
      ask,
    });
  }
  const wanted = await wantedBy(parts, ask, { hosts, choices });
  if (wanted.kind !== 'to-plan') return wanted;
  if (ask.verb === 'drain') return planDrained(parts, wanted, ask);
  return plannedOf(await parts.planner.plan(wanted.input, wanted.task), wanted);
}

async function wantedBy(
  parts: HostEffectorParts,
  ask: MoveAsk,
  { hosts, choices }: { hosts: readonly HostReading[]; choices: NonNullable<PlanWorld['choices']> },
): Promise<MovesToPlan | PlannedMoves> {
  // A plan is made before its request keeps any host empty.
  const wish = { ask, request: null };
  switch (ask.verb) {
    case 'migrate':
      return cordonedTo(await cordonedHosts(parts, wish), ask) ?? planMigrate(hosts, ask);
    case 'drain':
      return drainToPlan(hosts, { ...(await worldOf(parts, wish)), choices }, ask);
    case 'rebalance':
      return rebalanceToPlan(hosts, await averagesOf(parts), { world: await worldOf(parts, wish), ask });
    case 'return':
      return returnToPlan(hosts, { ...(await worldOf(parts, wish)), homes: await parts.ledger.homes() }, ask);
  }
}

function refuse(
  { rules }: HostEffectorParts,
  plan: Plan,
  { by, ask }: { by: Person; ask: MoveAsk },
): Problem | null {
  const observed = observedKinds(plan, rules.modes);
  return (
    refuseRequester(rules.policy, touchesOf(plan), by) ??
    refuseCaps(rules.policy, plan) ??
    (observed.length > 0 ? observeOnly(observed) : null) ??
    refuseAdvised(rules.modes, plan, ask)
  );
}

/** A request that moves machines waits for no person: what people set comes before it. */
function refuseAdvised(modes: Modes, { hosts: { settings } }: Plan, { verb }: MoveAsk): Problem | null {
  if (modes['host-setting'] !== 'advise' || settings.length === 0) return null;
  const names = settings.map(({ host }) => host);
  const other = verb === 'migrate' ? '' : '; or move nothing there: name other hosts, or use --no-delegate';
  return {
    code: 'mode.advise',
    summary: `${names.join(', ')} would have to be set up for live migration first, and the mode of host-setting is advise: a person does that.`,
    remedy: `Ask for /hv prepare ${names.join(',')}, and ask again when that is done${other}.`,
  };
}
