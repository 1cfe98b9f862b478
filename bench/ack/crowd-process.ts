import { labClient } from '../../lab/slack/client';
import { serveParent } from '../child';
import { COMMAND, isReceived } from './burst';

/** What a crowd is told. */
export interface CrowdOrder {
  readonly url: string;
  readonly labToken: string;
  readonly count: number;
}

/** Many people at once, away from the process of the stand-in: each sends a command by its control API and waits for the answer. */
serveParent({
  send(input) {
    // SAFETY: `bench.ts` of the same program asks in this shape.
    const { url, labToken, count } = input as CrowdOrder;
    const client = labClient({ url, labToken });
    const sendOne = async (): Promise<number> => {
      const startedAt = performance.now();
      const answer = await client.command({ user: 'requester', channel: 'hyper-v', text: COMMAND });
      const ms = performance.now() - startedAt;
      if (!isReceived(answer.ack))
        throw new Error(`the answer says something else: ${JSON.stringify(answer)}`);
      return ms;
    };
    return Promise.all(Array.from({ length: count }, sendOne));
  },
});
