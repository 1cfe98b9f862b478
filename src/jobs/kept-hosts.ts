import { cordonsToShow, type CordonState } from '../core/hyperv/cordon';
import { keptEmpty } from '../core/moves/kept-empty';
import { refuseCordon } from '../core/policy/cordon';
import type { Policy } from '../core/policy/schema';
import type { Clock, Ledger, Random, Signer } from '../core/ports';
import { isDrain } from '../core/request/advance-moves';
import type { RequestRecord } from '../core/request/record';
import { readSigned } from '../core/request/signed-command';
import { TRIES } from './answer';
import { keepCordon } from './cordons';

/** What is said of hosts that drains keep empty. */
export interface KeptHostClient {
  /**
   * Signs the cordons that follow from a drain, and what ends them: that a return has brought the machines back, or that the drain came to nothing. It follows
   * from records and cordons alone, so asked again it changes nothing, and nothing is lost if it was asked late. Throws Fault.
   */
  keepHosts(id: string): Promise<void>;
}

interface Parts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly signer: Signer;
  readonly policy: Policy;
}

/** The client of hosts that drains keep empty. */
export function createKeptHostClient(parts: Parts): KeptHostClient {
  return {
    async keepHosts(id) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const record = await parts.ledger.read(id);
        if (!record || record.reverses) return;
        const isSettled = isDrain(record) ? await keepDrained(parts, record) : await letBack(parts, record);
        if (isSettled) return;
      }
    },
  };
}

/** Whether nothing is left to be said; false: somebody else's word came first. */
async function keepDrained(parts: Parts, record: RequestRecord): Promise<boolean> {
  const states = await parts.ledger.cordons();
  const kept = keptEmpty(record);
  for (const host of kept) {
    const seen = states.find(({ cordon }) => cordon.statement.host === host) ?? null;
    if (isSaid(seen, record)) continue;
    const { by } = record.intake.statement;
    const said = { what: 'cordon' as const, host, drain: record.id, why: `${record.label} empties it`, by };
    const word = { kind: 'cordon' as const, id: parts.random.hex(16), ...said, at: parts.clock.now() };
    if (!(await keepCordon(parts, seen, word))) return false;
  }
  for (const [host, cordon] of cordonsToShow(states)) {
    const seen = states.find((state) => state.cordon.statement.host === host);
    if (!seen || cordon.drain !== record.id || kept.includes(host)) continue;
    if (!(await end(parts, seen, { by: record, why: `${record.label} keeps it empty no longer` })))
      return false;
  }
  return true;
}

/** A host that is cordoned is kept already; what a person has ended since the approval stays so, and what has come back since the end. */
function isSaid(seen: CordonState | null, { id, plan, decisions, ending }: RequestRecord): boolean {
  if (!seen?.uncordon) return seen !== null;
  const { drain = id, at } = seen.uncordon.statement;
  const own = decisions.filter(({ statement }) => statement.plan === plan?.number);
  const approvedAt = Math.max(...own.map(({ statement }) => statement.at));
  return at >= (drain === id ? approvedAt : (ending?.at ?? Infinity));
}

/** A host whose machines are all back takes others again, if it was a drain that is over which kept them off. */
async function letBack(parts: Parts, record: RequestRecord): Promise<boolean> {
  const { ending, state, intake, label } = record;
  if (!ending || (state !== 'done' && state !== 'already-so')) return true;
  const parsed = readSigned(intake.statement.command);
  if (!parsed.ok || parsed.ask.verb !== 'return') return true;
  const { host } = parsed.ask;
  const states = await parts.ledger.cordons();
  const seen = states.find(({ cordon }) => cordon.statement.host === host);
  const drain = seen && !seen.uncordon ? seen.cordon.statement.drain : undefined;
  if (!seen || drain === undefined) return true;
  // A later drain's is not for this return to end.
  const drained = (await parts.ledger.read(drain))?.ending?.at;
  if (drained === undefined || drained > ending.at) return true;
  return end(parts, seen, { by: record, why: `${label} has brought its machines back` });
}

/** Ends a cordon in the name of who asked; who may not end one leaves it to somebody who may. */
async function end(
  parts: Parts,
  seen: CordonState,
  { by: { intake }, why }: { by: RequestRecord; why: string },
): Promise<boolean> {
  const { id, host, drain } = seen.cordon.statement;
  const { by } = intake.statement;
  const at = parts.clock.now();
  if (refuseCordon(parts.policy, { host, by, at })) return true;
  const own = drain === undefined ? {} : { drain };
  return keepCordon(parts, seen, { kind: 'cordon', id, what: 'uncordon', host, ...own, why, by, at });
}
