import type { Ledger } from '../../core/ports';
import type { Problem } from '../../core/problem';
import type { Answered, RequestClient } from '../../jobs/client';
import { isShownToApprovers } from './listing';

const UNLISTED: Problem = {
  code: 'plan.unlisted',
  summary: 'Not all pages of this plan stand in the thread of its card yet, so nobody can have read it.',
  remedy: 'Wait until the card has its Approve button, read the pages, then decide.',
};

/**
 * The same client; nobody approves what is neither whole on the card nor, by the ledger, whole on pages, whatever button was pressed.
 * The plan is compared again by `decide` itself, so pages of another one help nobody. A ledger that does not answer approves nothing.
 */
export function listedOnly(client: RequestClient, ledger: Pick<Ledger, 'read' | 'delivered'>): RequestClient {
  const refuse = async (input: Parameters<RequestClient['mayAnswer']>[0]): Promise<Answered | null> => {
    const record = input.verdict === 'approve' ? await ledger.read(input.id) : null;
    // What is no longer waiting, or another plan by now, the client refuses in better words.
    const isAbout = record?.state === 'waiting' && record.plan?.number === input.plan;
    if (!record || !isAbout || isShownToApprovers(record, await ledger.delivered(input.id))) return null;
    await client.noteRefusal({ what: 'decision', by: input.by, problem: UNLISTED, request: input.id });
    return { kind: 'refused', problem: UNLISTED, record };
  };
  return {
    ...client,
    decide: async (input) => (await refuse(input)) ?? client.decide(input),
    mayAnswer: async (input) => (await refuse(input)) ?? client.mayAnswer(input),
  };
}
