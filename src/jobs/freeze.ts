import { hostname, userInfo } from 'node:os';
import type { Clock, Ledger, Queue, Random, Signer } from '../core/ports';
import type { Policy } from '../core/policy/schema';
import type { Problem } from '../core/problem';
import { openWindow } from '../core/policy/windows';
import {
  freezeToShow,
  frozen,
  inFreezeWindow,
  SHELL_TEAM,
  type Freeze,
  type FreezeState,
} from '../core/request/freeze';
import { isSamePerson, type Person } from '../core/request/statement';
import { sign, whoOf } from './statements';

interface FreezeParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly random: Random;
}

/** What came of a word on the freeze. */
type Frozen =
  | { readonly kind: 'said'; readonly freeze: Freeze }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What can be said of everything at once. */
export interface FreezeClient {
  /** Nothing new begins, anywhere; whoever is a member may say so. */
  freeze(input: { by: Person; why: string }): Promise<Frozen>;
  /** Ends that; for everybody but who has frozen. */
  unfreeze(input: { by: Person; why: string }): Promise<Frozen>;
}

/** The client of the freeze. */
export function createFreezeClient(parts: FreezeParts & { readonly signer: Signer }): FreezeClient {
  return {
    freeze: (input) => sayFreeze(parts, input),
    unfreeze: (input) => sayUnfreeze(parts, input),
  };
}

/** How often a word is tried again after somebody else's came first. */
const TRIES = 8;

/** Lets nothing new begin, anywhere. It stands in the ledger before anybody is told of it. */
export async function sayFreeze(
  parts: FreezeParts,
  said: { readonly by: Person; readonly why: string },
): Promise<Frozen> {
  const { ledger, clock, random } = parts;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const seen = await ledger.freezeState();
    const standing = freezeToShow(seen);
    if (standing) return refused(alreadyFrozen(standing));
    const freeze = { id: random.hex(16), ...said, at: clock.now() };
    if (await ledger.setFreezeState(seen, { freeze, unfreeze: null })) {
      const detail = { freeze: freeze.id, why: said.why };
      await ledger.note('', { what: 'freeze', who: whoOf(said.by), at: freeze.at, detail });
      await tellCards(parts, freeze.id);
      return { kind: 'said', freeze };
    }
  }
  return refused(BUSY);
}

/** Ends the freeze by a signed word of another person; the audit knows it before anything begins again. */
async function sayUnfreeze(
  parts: FreezeParts & { readonly signer: Signer },
  { by, why }: { readonly by: Person; readonly why: string },
): Promise<Frozen> {
  const { ledger, clock, signer } = parts;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const seen: FreezeState | null = await ledger.freezeState();
    const freeze = freezeToShow(seen);
    if (!freeze) return refused(NOT_FROZEN);
    if (isSamePerson(freeze.by, by)) return refused(OWN_FREEZE);
    const at = clock.now();
    const word = { kind: 'instruction', intake: freeze.id, what: 'unfreeze', by, at } as const;
    const detail = { freeze: freeze.id, why };
    await ledger.note('', { what: 'unfreeze', who: whoOf(by), at, detail });
    if (await ledger.setFreezeState(seen, { freeze, unfreeze: sign(signer, word) })) {
      await tellCards(parts, `${freeze.id}-over`);
      return { kind: 'said', freeze };
    }
  }
  return refused(BUSY);
}

/** Why nothing may be approved now, or null. */
export async function refuseFrozen(ledger: Ledger, policy: Policy, now: number): Promise<Problem | null> {
  const window = openWindow(policy.freezeWindows, now);
  if (window) return inFreezeWindow(window.name);
  const freeze = freezeToShow(await ledger.freezeState());
  return freeze && frozen(freeze);
}

/** Who acts at a shell: the operating system's word for it. */
export function shellIdentity(): Person {
  return { enterprise: null, team: SHELL_TEAM, user: `${hostname()}/${userInfo().username}` };
}

/** Every open card says so. Failing is no error: what is carried out reads the ledger, not the cards. */
async function tellCards({ ledger, queue }: FreezeParts, word: string): Promise<void> {
  const open = await ledger.openRequests().catch(() => []);
  for (const request of open) {
    const job = { id: `${request}-${word.slice(0, 8)}${word.slice(32)}-report`, request };
    await queue.put('reports', job).catch(() => undefined);
  }
}

function refused(problem: Problem): Frozen {
  return { kind: 'refused', problem };
}

function alreadyFrozen({ why }: Freeze): Problem {
  return {
    code: 'freeze.already',
    summary: `It is frozen already: ${why}.`,
    remedy: 'Nothing new begins; that stays so.',
  };
}

const NOT_FROZEN: Problem = { code: 'freeze.none', summary: 'Nothing is frozen.', remedy: '' };

const OWN_FREEZE: Problem = {
  code: 'freeze.own',
  summary: 'You have frozen it yourself, so somebody else has to end that.',
  remedy: 'Ask another member of the team to say /hv unfreeze "why".',
};

const BUSY: Problem = {
  code: 'request.busy',
  summary: 'Somebody else is saying the same right now.',
  remedy: 'Say it again.',
};
