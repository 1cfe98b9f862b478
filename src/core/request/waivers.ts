import type { Plan } from '../delegation/plan';
import { isWaivable, waiverPerson, waivingWindow } from '../policy/waiver';
import { rulesFor } from '../policy/rules';
import { touchesOf, type Touch } from '../policy/touches';
import { closesAt, openWindows, type MaintenanceWindow } from '../policy/windows';
import { ruleName } from '../policy/votes';
import type { Problem } from '../problem';
import type { Policy } from '../settings';
import { talliesOf } from './given-votes';
import type { RequestRecord } from './record';
import type { Decision, Person, Signed } from './statement';
import { fromOf } from './window';

/** What an open maintenance window decides by itself: for which rules (by name), and until when (milliseconds since 1970). */
export interface Waiver {
  readonly window: string;
  readonly by: Person;
  readonly votesFor: readonly string[];
  readonly until: number;
}

/** A window that closes sooner than this waives nothing more, in milliseconds: nothing of it could begin in time. */
const SHORTEST_MS = 60_000;

/**
 * What the windows that are open at `now` waive of a waiting plan and is not decided yet. Of a plan that several rules apply to that is each rule of
 * a kind that the window waives, and no other one: those still want their approvers.
 */
export function waiversDue(record: RequestRecord, policy: Policy, now: number): readonly Waiver[] {
  const { plan, state, ending, intake } = record;
  if (!plan || state !== 'waiting' || ending || now >= plan.decideBy) return [];
  const open = openWindows(policy.maintenanceWindows, now);
  return waivable(record, plan, { policy, windows: open }).flatMap(({ window, rules }) => {
    const until = closesAt(window, now);
    // What begins when it has closed it cannot waive.
    if (until - Math.max(now, fromOf(record, policy) ?? now) < SHORTEST_MS) return [];
    return [
      { window: window.name, by: waiverPerson(window.name, intake.statement.by), votesFor: rules, until },
    ];
  });
}

/** Which of these windows could waive what of a plan, by the names of rules that have not what they want; each rule is the first window's that waives it. */
export function waivable(
  record: RequestRecord,
  plan: Plan,
  { policy, windows }: { policy: Policy; windows: readonly MaintenanceWindow[] },
): readonly { readonly window: MaintenanceWindow; readonly rules: readonly string[] }[] {
  const tallies = talliesOf(record, plan, policy).filter(({ isMet }) => !isMet);
  const left = new Set(tallies.map(({ name }) => name));
  const applied = rulesFor(policy, touchesOf(plan)).filter(({ rule }) => rule !== null);
  return windows.flatMap((window) => {
    const mine = applied.filter((each) => waives(window, each.kind) && left.has(ruleName(each)));
    const rules = mine.map(ruleName);
    for (const name of rules) left.delete(name);
    return rules.length === 0 ? [] : [{ window, rules }];
  });
}

/** The decisions of a waiting request that still count: without those of windows that have closed since, or that this policy does not have. */
export function standingDecisions(
  { decisions, plan, state }: RequestRecord,
  policy: Policy,
  now: number,
): readonly Signed<Decision>[] {
  if (!plan || state !== 'waiting') return decisions;
  const touches = touchesOf(plan);
  const isOver = (decision: Decision): boolean =>
    now > decision.endBy || refuseWaiver(decision, { policy, touches, now }) !== null;
  return decisions.filter(
    ({ statement }) =>
      statement.plan !== plan.number || waivingWindow(statement.by) === null || !isOver(statement),
  );
}

/**
 * Why the decision of a maintenance window does not count, by this policy and this clock: it is for a kind that no window may waive, there is no such window,
 * it waives something else, or it is not open at the decision's time and now. Null: it does.
 */
export function refuseWaiver(
  decision: Decision,
  { policy, touches, now }: { policy: Policy; touches: readonly Touch[]; now: number },
): Problem | null {
  const name = waivingWindow(decision.by) ?? '';
  const kinds = new Map(rulesFor(policy, touches).map((applied) => [ruleName(applied), applied.kind]));
  const waived = decision.votesFor.map((rule) => kinds.get(rule) ?? '');
  if (waived.length === 0 || !waived.every(isWaivable)) return neverWaived();
  const windows = (policy.maintenanceWindows ?? []).filter((window) => window.name === name);
  if (windows.length === 0) return unknownWindow(name);
  const waiving = windows.filter((window) => waived.every((kind) => waives(window, kind)));
  if (waiving.length === 0) return waivesOther(name);
  const open = openWindows(waiving, decision.at).find(
    (each) => decision.endBy <= closesAt(each, decision.at),
  );
  if (!open) return notOpen(name);
  // By a clock that is a little behind the bot's the window may open only in a moment.
  if (now < decision.at && openWindows([open], now).length === 0) return opensSoon(name);
  return openWindows([open], now).length > 0 ? null : notOpen(name);
}

function waives({ waives: kinds }: MaintenanceWindow, kind: string): boolean {
  return isWaivable(kind) && kinds.some((each) => each === kind);
}

function neverWaived(): Problem {
  return {
    code: 'decision.waived',
    summary:
      'A maintenance window waives moves and cordons only; a directory write or a host’s settings always need a person.',
    remedy: 'Ask an approver.',
  };
}

function unknownWindow(name: string): Problem {
  return {
    code: 'waiver.unknown',
    summary: `This was waived by the maintenance window ${name}, which is not in this worker’s handover.yaml.`,
    remedy: 'Give bot and worker the same handover.yaml, restart them, and ask again.',
  };
}

function waivesOther(name: string): Problem {
  return {
    code: 'waiver.kinds',
    summary: `The maintenance window ${name} does not waive all that was waived by it here.`,
    remedy: 'Give bot and worker the same handover.yaml, restart them, and ask again.',
  };
}

function notOpen(name: string): Problem {
  return {
    code: 'waiver.closed',
    summary: `This was waived by the maintenance window ${name}, which is not open by this worker’s clock and handover.yaml.`,
    remedy: 'Ask again: outside of the window it needs its approvers.',
  };
}

function opensSoon(name: string): Problem {
  return {
    code: 'clock.skew',
    summary: `The maintenance window ${name} is open by the bot’s clock and not by this worker’s yet.`,
    remedy: 'It goes on by itself in a moment; set both clocks right.',
  };
}
