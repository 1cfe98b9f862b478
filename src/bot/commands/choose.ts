import type { ChooseAsk } from '../../core/commands/ask';
import type { Person } from '../../core/request/statement';
import type { RequestClient } from '../../jobs/client';
import type { Message } from '../cards/message';
import { chosenText } from '../cards/moves/choice-blocks';
import { refusalText } from '../refusal';
import { missingText, sentence } from './answers';

/** Records what somebody has chosen for a machine; the card tells what comes of it. Throws Fault. */
export async function answerChoose(
  { request, machine, choice }: ChooseAsk,
  by: Person,
  {
    client,
    isArchived,
  }: {
    readonly client: Pick<RequestClient, 'find' | 'choose'>;
    readonly isArchived: (label: string) => Promise<boolean>;
  },
): Promise<Message> {
  const record = await client.find(request);
  if (record === null) return sentence(missingText(request, await isArchived(request)));
  const said = await client.choose({ id: record.id, machine, choice, by });
  return sentence(said.kind === 'refused' ? refusalText(said.problem, said.record) : chosenText(said.record));
}
