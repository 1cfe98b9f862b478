import type { CordonAsk, UncordonAsk } from '../../core/commands/word-ask';
import type { Person } from '../../core/request/statement';
import type { RequestClient } from '../../jobs/client';
import { cordonedText, uncordonedText } from '../cards/cordon';
import type { Message } from '../cards/message';
import { refusalText } from '../refusal';
import { sentence } from './answers';

/** `/hv cordon` and `/hv uncordon`. Everybody is told in the channel of notices. Throws Fault. */
export async function answerCordon(
  ask: CordonAsk | UncordonAsk,
  by: Person,
  {
    client,
    announce,
  }: {
    readonly client: Pick<RequestClient, 'cordon' | 'uncordon'>;
    readonly announce: (text: string) => Promise<void>;
  },
): Promise<Message> {
  const said = await (ask.verb === 'cordon'
    ? client.cordon({ host: ask.host, by, why: ask.why })
    : client.uncordon({ host: ask.host, by, why: ask.why }));
  if (said.kind === 'refused') return sentence(refusalText(said.problem));
  const told = ask.verb === 'cordon' ? cordonedText(said.cordon) : uncordonedText(said.cordon);
  await announce(told);
  return sentence(told);
}
