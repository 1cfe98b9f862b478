import type { Plan, Verdict } from '../../core/delegation/plan';
import { decideSecondsOf, rulesHash } from '../../core/policy/rules';
import { touchesOf } from '../../core/policy/touches';
import type { Problem } from '../../core/problem';
import { planDigests } from '../../core/request/fingerprint';
import type { RequestRecord } from '../../core/request/record';
import { windowOf } from '../../core/request/window';
import type { Settings } from '../../core/settings';

/** What this worker's own policy says no to; anything else is no intake that the bot has signed. */
const POLITE = ['request.not-allowed', 'person.denied', 'ticket.missing', 'ticket.pattern'];

/** How a request ends of which no plan is made because of its intake. */
export function endOfIntake({ code }: Problem): 'refused' | 'failed' {
  return POLITE.includes(code) ? 'refused' : 'failed';
}

/** The next plan of a request: numbered, to be decided in the time that the rules it touches give and before its window ends, and with the hash of those rules. */
export function newPlan(
  record: RequestRecord,
  found: Pick<Plan, 'directory' | 'hosts' | 'verdicts' | 'server' | 'observedAt'> &
    Partial<Pick<Plan, 'forecast'>>,
  { policy, times, now }: Pick<Settings, 'policy' | 'times'> & { readonly now: number },
): Plan {
  const { directory, hosts, forecast = null, verdicts, server, observedAt } = found;
  const core = { number: (record.plan?.number ?? 0) + 1, directory, hosts };
  const own = decideSecondsOf(policy, touchesOf(core));
  const window = windowOf(record.intake.statement, policy);
  // What waits for a window may be decided until that opens, unless a rule says how long it waits.
  const usual = Math.max(now + times.decideSeconds * 1_000, window?.from ?? 0);
  const draft = {
    ...core,
    forecast,
    verdicts,
    server,
    observedAt,
    decideBy: Math.min(own === null ? usual : now + own * 1_000, window?.until ?? Infinity),
    rules: '',
    fingerprint: planDigests(record.intake.statement, core).fingerprint,
  };
  return { ...draft, rules: rulesHash(policy, touchesOf(draft)) };
}

/** The guards that refuse, by name. */
export function refusals(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.filter(({ verdict }) => verdict === 'refuse').map(({ check }) => check);
}

/** What the first guard that refuses says. */
export function firstRefusal(verdicts: readonly Verdict[]): Problem | null {
  const found = verdicts.find(({ verdict }) => verdict === 'refuse');
  return found ? { code: found.check, summary: found.sentence, remedy: found.remedy } : null;
}
