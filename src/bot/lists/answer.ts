import type { Person } from '../../core/request/statement';
import type { DelegationsQuestion } from '../../core/survey/answer';
import type { RequestClient } from '../../jobs/client';
import type { Message } from '../cards/message';
import type { Later } from '../private-answer';
import { refusalText } from '../refusal';
import { delegationsMessage } from './delegations';
import { findingsMessage } from './findings';

/** Who asks, and whom. */
export interface ListParts {
  readonly client: Pick<RequestClient, 'delegations' | 'findings'>;
  readonly by: Person;
}

/** A private answer in two: at once, and when a worker has read the directory. */
export interface ListAnswer {
  readonly now: Message;
  readonly later: Later;
}

const READING: Message = {
  text: '🔎 Reading the directory. Nothing is changed by this; the list follows here, for you alone.',
  blocks: [],
};

/** `/hv delegations [HOST] [--verify] [--raw]`. `later` throws Fault. */
export function answerDelegations(asked: DelegationsQuestion, { client, by }: ListParts): ListAnswer {
  return {
    now: READING,
    async later() {
      const listed = await client.delegations(asked, by);
      return listed.kind === 'listed' ? delegationsMessage(listed.answer) : refusal(listed.problem);
    },
  };
}

/** `/hv findings`. `later` throws Fault. */
export function answerFindings({ client, by }: ListParts): ListAnswer {
  return {
    now: READING,
    async later() {
      const listed = await client.findings(by);
      return listed.kind === 'listed' ? findingsMessage(listed.answer) : refusal(listed.problem);
    },
  };
}

/** Why nobody is told, as a message. */
export function refusal(problem: Parameters<typeof refusalText>[0]): Message {
  return { text: refusalText(problem), blocks: [] };
}
