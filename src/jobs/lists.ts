import {
  compareWithBaseline,
  firstBaseline,
  settleBaseline,
  type Baseline,
  type ComparedFindings,
} from '../core/findings/baseline';
import type { Clock, Ledger, Queue } from '../core/ports';
import { mayRead, refuseReader, type Surface } from '../core/policy/read';
import { visibleDelegations, visibleFindings } from '../core/policy/visible';
import type { Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import type { Policy } from '../core/settings';
import type { DelegationsAnswer, DelegationsQuestion, FindingsAnswer } from '../core/survey/answer';
import { askDirectory } from './ask-directory';
import { createStoryClient, type StoryClient } from './audit/story';

/** What a worker has listed, or why this person is not shown it. */
type Listed<T> =
  | { readonly kind: 'listed'; readonly answer: T }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The lists of the domain's delegation, and what the audit tells. Methods throw Fault when no worker answers, or what the worker failed with. */
export interface ListClient extends StoryClient {
  /** What delegates to what, as a worker reads it now. */
  delegations(question: DelegationsQuestion, by: Person): Promise<Listed<DelegationsAnswer>>;
  /** What is not as it should be, as a worker reads it now; the first run of all takes the baseline. */
  findings(by: Person): Promise<Listed<ComparedFindings>>;
}

/** A survey of a large domain takes its time, in milliseconds. */
const LIST_MS = 20_000;

/** How often a baseline is settled again after somebody else's run came first. */
const TRIES = 4;

/** The client of the lists: a person is told what the read rights grant, and nothing is asked for one who is told nothing. */
export function createListClient(parts: {
  queue: Queue;
  ledger: Ledger;
  clock: Clock;
  policy: Policy;
}): ListClient {
  const { queue, ledger, policy } = parts;
  const sees = (by: Person, surface: Surface) => (host: string) => mayRead(policy, by, { surface, host });
  return {
    ...createStoryClient(parts),
    async delegations(question, by) {
      const problem = refuseReader(policy, by, { surface: 'delegations' });
      if (problem) return { kind: 'refused', problem };
      const answer = await askDirectory<DelegationsAnswer>(
        queue,
        { about: 'delegations', ...question },
        LIST_MS,
      );
      const rights = { sees: sees(by, 'delegations'), suggests: sees(by, 'suggestions') };
      const visible = visibleDelegations(answer, rights);
      return visible ? { kind: 'listed', answer: visible } : refused(policy, by, question);
    },
    async findings(by) {
      const problem = refuseReader(policy, by, { surface: 'findings' });
      if (problem) return { kind: 'refused', problem };
      const answer = await askDirectory<FindingsAnswer>(queue, { about: 'findings' }, LIST_MS);
      const { baseline, isFirst } = await keepBaseline(ledger, answer);
      const compared = compareWithBaseline(baseline.keys, answer.findings);
      const findings = visibleFindings(compared, sees(by, 'findings'));
      const compareTo = { at: baseline.at, isFirst };
      return { kind: 'listed', answer: { ...answer, findings, baseline: compareTo } };
    },
  };
}

function refused(policy: Policy, by: Person, { host }: DelegationsQuestion): Listed<never> {
  const name = host?.text ?? 'this host';
  const problem = refuseReader(policy, by, { surface: 'delegations', host: name }) ?? HIDDEN;
  return { kind: 'refused', problem };
}

/** A host by a name that is in a group the person may see, though the host is not. */
const HIDDEN: Problem = {
  code: 'read.not-allowed',
  summary: 'You are not among those who may see the delegations of this host.',
  remedy: 'Ask the owner of handover.yaml to add you to policy.read.delegations.',
};

/** The baseline that these findings are compared with: what it was before this run, or this run itself. */
async function keepBaseline(
  ledger: Ledger,
  { findings, at, unread }: FindingsAnswer,
): Promise<{ baseline: Baseline; isFirst: boolean }> {
  for (let tries = 1; ; tries += 1) {
    const seen = await ledger.findingsBaseline();
    // An object that could not be read may hold what would seem to have gone.
    const next =
      seen === null ? firstBaseline(findings, at) : unread.length > 0 ? seen : settleBaseline(seen, findings);
    const isKept = next === seen || (await ledger.setFindingsBaseline(seen, next));
    if (isKept || (seen && tries >= TRIES)) return { baseline: next, isFirst: seen === null };
  }
}
