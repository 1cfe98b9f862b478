import type { DrainAsk } from '../commands/ask';
import type { Plan } from '../delegation/plan';
import { isStopped } from '../moves/envelope';
import { refuseRequester } from '../policy/rules';
import { touchesAsked } from '../policy/touches';
import type { Policy } from '../policy/schema';
import type { Verifier } from '../ports';
import type { Problem } from '../problem';
import { isAuthentic } from './authentic';
import type { RequestRecord } from './record';
import { isSamePerson, type ChoiceWord, type Instruction, type Person } from './statement';

/** Every choice of a request's machines as the ledger has them, the last one last; nobody has checked who signed them. */
export function choicesSaid({ instructions }: Pick<RequestRecord, 'instructions'>): readonly ChoiceWord[] {
  return instructions
    .map(({ statement }) => statement)
    .filter(isChoice)
    .toSorted((a, b) => a.at - b.at);
}

/** What holds for each machine by its id: the last word about it. */
export function chosenOf(words: readonly ChoiceWord[]): Readonly<Record<string, ChoiceWord['choice']>> {
  return Object.fromEntries(words.map(({ machine, choice }) => [machine, choice]));
}

/**
 * Every choice of a request that empties hosts, each checked by whoever acts on it: the bot has signed it, it is about this request, and its
 * person may ask for this drain and, where a machine is stopped, for that. One that is not so ends the request: somebody has written to Redis, or
 * bot and worker have different rules.
 */
export function verifiedChoices(
  record: Pick<RequestRecord, 'id' | 'instructions'>,
  ask: DrainAsk,
  { verifier, policy }: { readonly verifier: Verifier; readonly policy: Policy },
): { readonly words: readonly ChoiceWord[] } | { readonly problem: Problem } {
  for (const signed of record.instructions) {
    const { statement } = signed;
    if (!isChoice(statement)) continue;
    if (!isAuthentic(verifier, signed) || statement.intake !== record.id) return { problem: FORGED };
    const problem = refuseChooser(policy, { ask, choice: statement.choice, by: statement.by });
    if (problem) return { problem };
  }
  return { words: choicesSaid(record) };
}

/** Why a person may not choose this for a machine of a drain: whoever may ask for the drain may, and for a stop where one is chosen. */
export function refuseChooser(
  policy: Policy,
  { ask, choice, by }: { readonly ask: DrainAsk; readonly choice: ChoiceWord['choice']; readonly by: Person },
): Problem | null {
  const stops = choice === 'leave' || !isStopped({ first: choice }) ? [] : ask.hosts;
  const touches = [...touchesAsked(ask), ...stops.map((host) => ({ kind: 'shutdown' as const, host }))];
  return refuseRequester(policy, touches, by);
}

/**
 * Whether a plan does something to a machine because this person chose that: then it is another one's to approve, as a request is another one's
 * than the one who asked.
 */
export function hasChosenIn(
  record: Pick<RequestRecord, 'instructions'>,
  { hosts }: Pick<Plan, 'hosts'>,
  person: Person,
): boolean {
  const done = new Map((hosts.envelope?.machines ?? []).map(({ id, first }) => [id, first]));
  return choicesSaid(record).some(
    ({ machine, choice, by }) => done.get(machine) === choice && isSamePerson(by, person),
  );
}

function isChoice(statement: Instruction | ChoiceWord): statement is ChoiceWord {
  return statement.what === 'choice';
}

/** Why somebody may not approve a plan that does what that person has chosen. */
export const CHOSEN: Problem = {
  code: 'decision.self',
  summary: 'You have chosen what this plan does to a machine, so somebody else has to decide.',
  remedy: 'Ask another approver.',
};

const FORGED: Problem = {
  code: 'choice.forged',
  summary: 'A choice in the ledger does not carry the bot’s signature, or is about another request.',
  remedy: 'Somebody may have written to Redis: look at the audit, then ask again.',
};
