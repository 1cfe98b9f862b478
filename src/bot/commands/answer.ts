import type { ChangeAsk } from '../../core/commands/ask';
import { parseCommand } from '../../core/commands/parse';
import type { CommandEntry } from '../../core/commands/verbs';
import type { Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import type { RequestClient } from '../../jobs/client';
import type { Message } from '../cards/message';
import { channelLink, inert } from '../cards/text';
import { answerDelegations, answerFindings } from '../lists/answer';
import type { Membership } from '../membership';
import { refusalText } from '../refusal';
import { helpAnswer, previewAnswer, problemAnswer, sentence, showAnswer } from './answers';
import type { Placement } from './placement';

/** A command as it arrived, whoever carried it. */
export interface Arrived {
  readonly entry: CommandEntry;
  readonly text: string;
  readonly by: Person;
  readonly channel: string;
  /** Idempotency key, from Slack's own id of the delivery. */
  readonly key: string;
}

/** The private answer to a command; `later` follows it and takes longer. */
export interface CommandAnswer {
  readonly now: Message;
  readonly later?: () => Promise<Message>;
}

/** What answering needs. */
export interface AnswerParts {
  readonly client: RequestClient;
  readonly placement: Placement;
  readonly membership: Membership;
  readonly policy: Policy;
  /** The address of a request's card, null when it has none yet or Slack does not say. */
  readonly linkTo: (id: string) => Promise<string | null>;
}

/** Reads a command and does what it asks; an intake is recorded before this resolves. Throws Fault. */
export async function answerCommand(arrived: Arrived, parts: AnswerParts): Promise<CommandAnswer> {
  const stranger = await parts.membership.refuse(arrived.by.user);
  if (stranger) return { now: sentence(refusalText(stranger)) };
  const parsed = parseCommand(arrived.entry, arrived.text);
  if (!parsed.ok) return { now: problemAnswer(arrived.entry, parsed.problem) };
  const { ask } = parsed;
  if (ask.verb === 'help') return { now: helpAnswer(ask.about) };
  if (ask.verb === 'show') return { now: await show(parts, ask.request) };
  const lists = { client: parts.client, by: arrived.by };
  if (ask.verb === 'delegations') {
    const { host, verify, raw } = ask;
    return answerDelegations({ host, verify, raw }, lists);
  }
  if (ask.verb === 'findings') return answerFindings(lists);
  if (!ask.planOnly) return { now: await submit(ask, arrived, parts) };
  return {
    now: sentence(
      '🔎 Looking at the directory. Nothing is changed by this; the plan follows here, for you alone.',
    ),
    later: async () => previewAnswer(await parts.client.preview(ask, arrived.by)),
  };
}

/** The place is found first: a request that can be shown nowhere must never exist. */
async function submit(
  ask: ChangeAsk,
  { by, channel, key }: Arrived,
  { client, placement }: AnswerParts,
): Promise<Message> {
  const placed = await placement.place(channel);
  if ('problem' in placed) return sentence(refusalText(placed.problem));
  const submitted = await client.submit({ ask, by, channel, key, card: { channel: placed.channel } });
  if (submitted.kind === 'refused') return sentence(refusalText(submitted.problem));
  const where = placed.isElsewhere
    ? ` Handover is not in this channel, so the card is in ${channelLink(placed.channel)}.`
    : '';
  const { label } = submitted.record;
  return sentence(
    `${label} received: the directory is being read. Nothing is changed before somebody approves.${where}`,
  );
}

async function show({ client, policy, linkTo }: AnswerParts, label: string): Promise<Message> {
  const record = await client.find(label);
  if (!record) return sentence(`There is no request ${inert(label)}.`);
  return showAnswer(record, policy, await linkTo(record.id));
}
