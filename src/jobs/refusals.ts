import type { Clock, Ledger } from '../core/ports';
import type { Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import { entry } from './statements';

/** Somebody who was refused something, and what. */
export interface Refusal {
  /** What they tried: `intake`, `click`, `withdraw`. */
  readonly what: string;
  readonly by: Person;
  readonly problem: Problem;
  /** The id or label of the request that it was about. */
  readonly request?: string;
  readonly detail?: { readonly [key: string]: string | null };
}

interface NotingParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** Puts a refusal into the chain of the request that it is about, or into the system's. Throws Fault. */
export async function noteRefusal({ ledger, clock }: NotingParts, refusal: Refusal): Promise<void> {
  const { what, by, problem, request = '', detail = {} } = refusal;
  const id = request.startsWith('R-') ? ((await ledger.findByLabel(request))?.id ?? request) : request;
  const told = { why: problem.code, summary: problem.summary, ...detail };
  await ledger.note(id, entry(`${what}.refused`, by, { at: clock.now(), detail: told }));
}

/** What a person tries with an action, and about which request. */
type About = Pick<Refusal, 'what' | 'by' | 'request' | 'detail'>;

/** Of an action on a request that is named by its id. */
const on =
  (what: string) =>
  ({ by, id }: { by: Person; id: string }): About => ({ what, by, request: id });

/** Of an action that follows from a request. */
const after =
  (what: string) =>
  ({ by, request }: { by: Person; request: string }): About => ({ what, by, request });

/** What each action that may be refused is about. `decide` notes for itself. */
const ABOUT = {
  submit: ({ by, channel, ask }: { by: Person; channel: string; ask: { verb: string } }): About => {
    return { what: 'intake', by, detail: { channel, verb: ask.verb } };
  },
  mayAnswer: on('decision'),
  withdraw: on('withdraw'),
  stop: on('stop'),
  pause: on('pause'),
  resume: on('resume'),
  retryFailed: on('retry-failed'),
  replan: on('replan'),
  undo: after('undo'),
  retry: after('retry'),
  extend: after('extend'),
  freeze: ({ by }: { by: Person }): About => ({ what: 'freeze', by }),
  unfreeze: ({ by }: { by: Person }): About => ({ what: 'unfreeze', by }),
  cordon: ({ by, host }: { by: Person; host: string }): About => ({ what: 'cordon', by, detail: { host } }),
  uncordon: ({ by, host }: { by: Person; host: string }): About => {
    return { what: 'uncordon', by, detail: { host } };
  },
  delegations: (_: unknown, by: Person): About => ({ what: 'delegations', by }),
  findings: (by: Person): About => ({ what: 'findings', by }),
  story: (request: string, by: Person): About => ({ what: 'audit', by, request }),
} as const;

type Action = keyof typeof ABOUT;

/** The same actions; each refusal is in the audit before anybody is told of it. */
export function withRefusalsNoted<C extends Record<Action, unknown>>(
  parts: NotingParts,
  client: C,
): Pick<C, Action> {
  // SAFETY: these are the client's own methods, with more in their inputs than is looked at here.
  const acts = client as unknown as Record<Action, (...input: unknown[]) => Promise<object>>;
  const abouts = ABOUT as unknown as Record<Action, (...input: unknown[]) => About>;
  const noted = (action: Action) => {
    return async (...input: unknown[]): Promise<object> => {
      const answer = await acts[action](...input);
      if ('problem' in answer) {
        // SAFETY: whatever refuses gives its Problem there.
        await noteRefusal(parts, { ...abouts[action](...input), problem: answer.problem as Problem });
      }
      return answer;
    };
  };
  const actions = Object.keys(ABOUT) as Action[];
  return Object.fromEntries(actions.map((action) => [action, noted(action)])) as unknown as Pick<C, Action>;
}
