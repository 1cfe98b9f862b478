import type { Clock, Ledger } from '../core/ports';
import type { Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import type { RequestClient } from './client';
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

type Actions = Pick<
  RequestClient,
  | ('submit' | 'mayAnswer' | 'withdraw' | 'stop' | 'pause' | 'resume' | 'undo' | 'retry' | 'extend')
  | ('freeze' | 'unfreeze' | 'delegations' | 'findings')
>;

/** The same actions; each refusal is in the audit before anybody is told of it. */
export function withRefusalsNoted(parts: NotingParts, client: Actions): Actions {
  type About = Pick<Refusal, 'what' | 'by' | 'request' | 'detail'>;
  const noted = async <T extends object>(about: About, work: Promise<T>): Promise<T> => {
    const answer = await work;
    if ('problem' in answer) {
      // SAFETY: every refusal of these actions has a Problem there.
      await noteRefusal(parts, { ...about, problem: answer.problem as Problem });
    }
    return answer;
  };
  const onRequest = <I extends { id: string; by: Person }, T extends object>(
    what: string,
    act: (input: I) => Promise<T>,
  ) => {
    return (input: I): Promise<T> => noted({ what, by: input.by, request: input.id }, act(input));
  };
  const onParent = <I extends { request: string; by: Person }, T extends object>(
    what: string,
    act: (input: I) => Promise<T>,
  ) => {
    return (input: I): Promise<T> => noted({ what, by: input.by, request: input.request }, act(input));
  };
  return {
    submit: (input) =>
      noted(
        { what: 'intake', by: input.by, detail: { channel: input.channel, verb: input.ask.verb } },
        client.submit(input),
      ),
    mayAnswer: onRequest('decision', (input) => client.mayAnswer(input)),
    withdraw: onRequest('withdraw', (input) => client.withdraw(input)),
    stop: onRequest('stop', (input) => client.stop(input)),
    pause: onRequest('pause', (input) => client.pause(input)),
    resume: onRequest('resume', (input) => client.resume(input)),
    undo: onParent('undo', (input) => client.undo(input)),
    retry: onParent('retry', (input) => client.retry(input)),
    extend: onParent('extend', (input) => client.extend(input)),
    freeze: (input) => noted({ what: 'freeze', by: input.by }, client.freeze(input)),
    unfreeze: (input) => noted({ what: 'unfreeze', by: input.by }, client.unfreeze(input)),
    delegations: (question, by) => noted({ what: 'delegations', by }, client.delegations(question, by)),
    findings: (by) => noted({ what: 'findings', by }, client.findings(by)),
  };
}
