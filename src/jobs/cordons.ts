import { cordonsToShow, type Cordon, type CordonState } from '../core/hyperv/cordon';
import { refuseCordon } from '../core/policy/cordon';
import type { Policy } from '../core/policy/schema';
import type { Clock, Ledger, Random, Signer } from '../core/ports';
import type { Problem } from '../core/problem';
import type { CordonWord, Person } from '../core/request/statement';
import { sign, whoOf } from './statements';

/** What came of a word on a host's cordon. */
type Cordoned =
  | { readonly kind: 'said'; readonly cordon: Cordon }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What can be said of a host: that no machine is to be put on it, or that this is over. */
export interface CordonClient {
  cordon(input: { host: string; by: Person; why: string }): Promise<Cordoned>;
  uncordon(input: { host: string; by: Person; why: string | null }): Promise<Cordoned>;
}

interface Parts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly signer: Signer;
  readonly policy: Policy;
  /** The hosts that the Windows workers are set up for; absent: nobody has said. */
  readonly hosts?: readonly string[] | undefined;
}

/** How often a word is tried again after somebody else's came first. */
const TRIES = 8;

/** The client of cordons. */
export function createCordonClient(parts: Parts): CordonClient {
  return {
    cordon: ({ host, by, why }) => say(parts, { what: 'cordon', host, by, why }),
    uncordon: ({ host, by, why }) => say(parts, { what: 'uncordon', host, by, why: why ?? '' }),
  };
}

type Said = Pick<CordonWord, 'what' | 'host' | 'by' | 'why'>;

async function say(parts: Parts, said: Said): Promise<Cordoned> {
  const { ledger, clock, random, policy } = parts;
  const { what, host, by } = said;
  const problem = refuseHost(parts, said) ?? refuseCordon(policy, { host, by, at: clock.now() });
  if (problem) return { kind: 'refused', problem };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const states = await ledger.cordons();
    const seen = states.find(({ cordon }) => cordon.statement.host === host) ?? null;
    const standing = cordonsToShow(states).get(host) ?? null;
    const wrong = refuseWord(said, standing);
    if (wrong) return { kind: 'refused', problem: wrong };
    const at = clock.now();
    const id = what === 'uncordon' && standing ? standing.id : random.hex(16);
    if (await keepCordon(parts, seen, { kind: 'cordon', id, ...said, at })) {
      return { kind: 'said', cordon: { id, host, by, why: said.why, at } };
    }
  }
  return { kind: 'refused', problem: BUSY };
}

/**
 * Signs a word about a cordon and keeps it; false: somebody else's came first. The audit knows of the end of a cordon before any machine is
 * put there again, and of its beginning at once after.
 */
export async function keepCordon(
  { ledger, signer }: Pick<Parts, 'ledger' | 'signer'>,
  seen: CordonState | null,
  word: CordonWord,
): Promise<boolean> {
  const said = sign(signer, word);
  const isEnd = word.what === 'uncordon';
  if (isEnd) await note(ledger, word);
  const isKept = await ledger.setCordon(
    seen,
    isEnd && seen ? { ...seen, uncordon: said } : { cordon: said, uncordon: null },
  );
  if (isKept && !isEnd) await note(ledger, word);
  return isKept;
}

function note(ledger: Ledger, { what, host, by, why, id, at, drain }: CordonWord): Promise<void> {
  const who = drain === undefined ? whoOf(by) : 'bot';
  return ledger.note('', { what, who, at, detail: { host, cordon: id, why } });
}

/** A cordon of a host that nobody plans with would only look as if it kept something off. What ends one needs no such care. */
function refuseHost({ hosts }: Parts, { what, host }: Said): Problem | null {
  if (what === 'uncordon' || hosts === undefined || hosts.includes(host)) return null;
  return {
    code: 'cordon.unknown-host',
    summary: `The Windows worker is not set up for ${host}.`,
    remedy: 'Name a host of hyperv.hosts in handover.yaml, or have it added there.',
  };
}

function refuseWord({ what, host }: Said, standing: Cordon | null): Problem | null {
  if (what === 'cordon' && standing) {
    const summary = `${host} is cordoned already: ${standing.why}.`;
    return { code: 'cordon.already', summary, remedy: 'That stays so.' };
  }
  if (what === 'uncordon' && !standing)
    return { code: 'cordon.none', summary: `${host} is not cordoned.`, remedy: '' };
  return null;
}

const BUSY: Problem = {
  code: 'request.busy',
  summary: 'Somebody else is saying the same right now.',
  remedy: 'Say it again.',
};
