import { digest } from '../canonical';
import type { ChangeAsk } from '../commands/ask';
import type { ChangeKind } from '../delegation/plan';
import type { Problem } from '../problem';
import type { Policy } from '../settings';
import { isSamePerson, type Person } from './statement';

/** Hash of the rules that apply to these kinds; a plan and its decisions carry it, so that bot and worker notice when their files differ. */
export function rulesHash(policy: Policy, kinds: readonly ChangeKind[]): string {
  return digest(kinds.toSorted().map((kind) => ({ kind, rule: policy[kind] ?? null })));
}

/** The kinds of change that an ask surely leads to, known before there is a plan; the plan's own kinds are asked about too. */
export function kindsAsked(ask: ChangeAsk): readonly ChangeKind[] {
  switch (ask.verb) {
    case 'delegate':
      return ask.protocol === 'any' ? ['delegation-add', 'trust-mode'] : ['delegation-add'];
    case 'onboard':
      return ['delegation-add', 'trust-mode'];
    case 'undelegate':
    case 'retire':
      return ['delegation-remove'];
    // What it takes back or gives back is only known by its plan.
    case 'undo':
      return [];
  }
}

/** Why this person may not ask for these changes, or null. A kind without a rule allows nobody. */
export function refuseRequester(
  policy: Policy,
  kinds: readonly ChangeKind[],
  person: Person,
): Problem | null {
  for (const kind of kinds) {
    const allowed = policy[kind]?.requesters ?? [];
    if (allowed !== 'anyone' && !allowed.includes(person.user)) {
      return {
        code: 'request.not-allowed',
        summary: `You are not among those who may ask for a ${kind}.`,
        remedy: 'Ask the owner of handover.yaml to add you to its requesters.',
      };
    }
  }
  return null;
}

/** Why this person may not approve or deny a request of `requester` for these changes, or null. */
export function refuseApprover(
  policy: Policy,
  kinds: readonly ChangeKind[],
  people: { requester: Person; approver: Person },
): Problem | null {
  if (isSamePerson(people.requester, people.approver)) {
    return {
      code: 'decision.self',
      summary: 'You asked for this yourself, so somebody else has to decide.',
      remedy: 'Ask another approver, or withdraw the request.',
    };
  }
  for (const kind of kinds) {
    const approvers = policy[kind]?.approvers ?? [];
    if (approvers.length === 0) {
      return {
        code: 'decision.no-approvers',
        summary: `Nobody may approve a ${kind}: its list of approvers is empty.`,
        remedy: 'Name approvers in handover.yaml and restart bot and worker.',
      };
    }
    if (!approvers.includes(people.approver.user)) {
      return {
        code: 'decision.not-approver',
        summary: `You are not among the approvers of a ${kind}.`,
        remedy: 'Ask one of the approvers named in handover.yaml.',
      };
    }
  }
  return null;
}

/** How many distinct approvers the strictest of these kinds wants. */
export function quorumOf(policy: Policy, kinds: readonly ChangeKind[]): number {
  return Math.max(1, ...kinds.map((kind) => policy[kind]?.quorum ?? 1));
}
