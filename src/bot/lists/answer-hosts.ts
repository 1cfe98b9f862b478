import type { HostsAsk, WhyAsk } from '../../core/commands/ask';
import type { Person } from '../../core/request/statement';
import type { RequestClient } from '../../jobs/client';
import type { Message } from '../cards/message';
import { refusal, type ListAnswer } from './answer';
import { hostsMessage } from './hosts';
import { hostsInFull } from './hosts-in-full';
import { errorMessage, whyMessage } from './why';

interface HostParts {
  readonly client: Pick<RequestClient, 'hosts' | 'whyNot'>;
  readonly by: Person;
}

const ASKING: Message = {
  text: '🔎 Asking the hosts. Nothing is changed by this; the answer follows here, for you alone.',
  blocks: [],
};

/** `/hv hosts [HOST] [--full]`. `later` throws Fault. */
export function answerHosts({ host, full }: HostsAsk, { client, by }: HostParts): ListAnswer {
  return {
    now: ASKING,
    async later() {
      const listed = await client.hosts(host, by);
      if (listed.kind === 'refused') return refusal(listed.problem);
      return full ? hostsInFull(listed) : hostsMessage(listed);
    },
  };
}

/** `/hv why A -> B [VM]`, or what an error means, which nobody has to be asked for. `later` throws Fault. */
export function answerWhy(ask: WhyAsk, { client, by }: HostParts): ListAnswer | { readonly now: Message } {
  if ('text' in ask) return { now: errorMessage(ask.text) };
  return {
    now: ASKING,
    async later() {
      const { from, to, machine } = ask;
      const explained = await client.whyNot({ from, to, machine }, by);
      return explained.kind === 'explained'
        ? whyMessage(explained.diagnosis, { from: from.text, to: to.text })
        : refusal(explained.problem);
    },
  };
}
