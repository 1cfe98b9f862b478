import { isChange, type Ask, type ChangeAsk, type RequestsAsk } from '../../core/commands/ask';
import { parseCommand } from '../../core/commands/parse';
import { isWord, type FreezeAsk } from '../../core/commands/word-ask';
import { placeTicketProblem } from '../../core/commands/ticket-place';
import type { CommandEntry } from '../../core/commands/verbs';
import type { Problem } from '../../core/problem';
import { effectorOf } from '../../core/request/effector';
import type { RequestRecord } from '../../core/request/record';
import { deniedPerson } from '../../core/policy/rules';
import { refuseTicket } from '../../core/policy/tickets';
import type { Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import type { RequestClient, Submitted } from '../../jobs/client';
import type { Message } from '../cards/message';
import { channelLink } from '../cards/text';
import { answerDelegations, answerFindings } from '../lists/answer';
import { answerHosts, answerWhy } from '../lists/answer-hosts';
import { requestsMessage } from '../lists/requests';
import { storyMessage } from '../lists/story';
import type { Membership } from '../membership';
import { refusalText } from '../refusal';
import { frozenText, unfrozenText } from '../cards/freeze';
import { helpAnswer, missingText, previewAnswer, problemAnswer, sentence } from './answers';
import type { Later } from '../private-answer';
import { answerChoose } from './choose';
import { answerCordon } from './cordon';
import type { Placement } from './placement';
import type { PagesKnown } from '../card-link';
import { showAnswer } from './show';

/** A command as it arrived, whoever carried it. */
export interface Arrived {
  readonly entry: CommandEntry;
  readonly text: string;
  readonly by: Person;
  readonly channel: string;
  /** Idempotency key, from Slack's own id of the delivery. */
  readonly key: string;
  /** Whether it was said in a thread, where the answer stands too and there is room. */
  readonly isInThread?: boolean;
}

/** The private answer to a command; `later` follows it and takes longer. */
export interface CommandAnswer {
  readonly now: Message;
  readonly later?: Later;
}

/** What answering needs. */
export interface AnswerParts {
  readonly client: RequestClient;
  readonly placement: Placement;
  readonly membership: Membership;
  readonly policy: Policy;
  /** The address of a request's card, null when it has none yet or Slack does not say. */
  readonly linkTo: (id: string) => Promise<string | null>;
  readonly pagesOf: (record: RequestRecord) => Promise<PagesKnown>;
  /** Whether a request of this label was moved out of the ledger. */
  readonly isArchived: (label: string) => Promise<boolean>;
  /** Tells everybody, in the channel of notices; never throws. */
  readonly announce: (text: string) => Promise<void>;
  /** Brings a request's card to its place; never throws. */
  readonly bring: (id: string) => Promise<void>;
}

/** Reads a command and does what it asks; an intake is recorded before this resolves. Throws Fault. */
export async function answerCommand(arrived: Arrived, parts: AnswerParts): Promise<CommandAnswer> {
  const stranger = await parts.membership.refuse(arrived.by.user);
  if (stranger) {
    await parts.client.noteRefusal({ what: 'command', by: arrived.by, problem: stranger });
    return { now: sentence(refusalText(stranger)) };
  }
  const parsed = parseCommand(arrived.entry, arrived.text);
  if (!parsed.ok) return { now: problemAnswer(arrived.entry, parsed.problem, arrived.text) };
  const { ask } = parsed;
  const ticket = isChange(ask) ? refuseTicket(parts.policy, ask) : null;
  if (ticket) {
    return { now: problemAnswer(arrived.entry, placeTicketProblem(arrived.text, ticket), arrived.text) };
  }
  return isChange(ask) ? answerChange(ask, arrived, parts) : answerAsk(ask, arrived, parts);
}

async function answerAsk(
  ask: Exclude<Ask, ChangeAsk>,
  arrived: Arrived,
  parts: AnswerParts,
): Promise<CommandAnswer> {
  const { client } = parts;
  const { by } = arrived;
  if (isWord(ask)) {
    return { now: 'host' in ask ? await answerCordon(ask, by, parts) : await freeze(ask, by, parts) };
  }
  switch (ask.verb) {
    case 'help':
      return { now: helpAnswer(ask.about, parts.policy, by) };
    case 'show':
      return { now: await show(parts, ask.request, arrived) };
    case 'audit': {
      const told = await client.story(ask.request, by);
      return { now: told.kind === 'told' ? storyMessage(told.story) : sentence(refusalText(told.problem)) };
    }
    case 'choose':
      return { now: await answerChoose(ask, by, parts) };
    case 'requests':
      return { now: await listRequests(parts, ask, by) };
    case 'delegations': {
      const { host, verify, raw } = ask;
      return answerDelegations({ host, verify, raw }, { client, by });
    }
    case 'hosts':
      return answerHosts({ ...ask, full: ask.full || arrived.isInThread === true }, { client, by });
    case 'why':
      return answerWhy(ask, { client, by });
    case 'findings':
      return answerFindings({ client, by });
    case 'extend': {
      const { request, forMs } = ask;
      const follow = (card: Placed) => client.extend({ request, forMs, ...askedBy(arrived), ...card });
      return place(arrived, parts, follow);
    }
  }
}

async function answerChange(ask: ChangeAsk, arrived: Arrived, parts: AnswerParts): Promise<CommandAnswer> {
  if (!ask.planOnly) {
    const { request, reason, ticket } = { request: '', ...ask };
    const submitted = (card: Placed) =>
      ask.verb === 'undo'
        ? parts.client.undo({ request, reason, ticket, ...askedBy(arrived), ...card })
        : parts.client.submit({ ask, ...askedBy(arrived), ...card });
    return place(arrived, parts, submitted);
  }
  return {
    now: sentence(
      `🔎 Looking at ${LOOKED_AT[ask.verb] ?? 'the directory'}. Nothing is changed by this; the plan follows here, for you alone.`,
    ),
    later: async () => previewAnswer(await parts.client.preview(ask, arrived.by), ask),
  };
}

/** What is read for a preview, where that is not the directory for certain. */
const LOOKED_AT: Readonly<Partial<Record<ChangeAsk['verb'], string>>> = {
  prepare: 'the hosts',
  migrate: 'the hosts',
  drain: 'the hosts',
  return: 'the hosts',
  rebalance: 'the hosts',
  undo: 'what that request has changed',
};

/** Everybody is told in the channel of notices, and the open cards say so too. */
async function freeze({ verb, why }: FreezeAsk, by: Person, parts: AnswerParts): Promise<Message> {
  const { client, policy, announce } = parts;
  if (policy.deny?.includes(by.user)) {
    await client.noteRefusal({ what: verb, by, problem: deniedPerson() });
    return sentence(refusalText(deniedPerson()));
  }
  const said = await (verb === 'freeze' ? client.freeze({ by, why }) : client.unfreeze({ by, why }));
  if (said.kind === 'refused') return sentence(refusalText(said.problem));
  const told = verb === 'freeze' ? frozenText(by, why) : unfrozenText(by, why);
  await announce(told);
  return sentence(told);
}

type Placed = { readonly card: { readonly channel: string } };

function askedBy({ by, channel, key }: Arrived): Pick<Arrived, 'by' | 'channel' | 'key'> {
  return { by, channel, key };
}

/** The place is found first: a request that can be shown nowhere must never exist. */
async function place(
  { channel, by }: Arrived,
  parts: AnswerParts,
  submit: (placed: Placed) => Promise<Submitted>,
): Promise<CommandAnswer> {
  const placed = await parts.placement.place(channel);
  if ('problem' in placed) {
    const { problem } = placed;
    await parts.client.noteRefusal({ what: 'intake', by, problem, detail: { channel } });
    return { now: sentence(refusalText(problem)) };
  }
  const submitted = await submit({ card: { channel: placed.channel } });
  if (submitted.kind === 'refused') return { now: sentence(refusalText(submitted.problem)) };
  const { label } = submitted.record;
  const what = effectorOf(submitted.record) === 'hyperv' ? 'the hosts are' : 'the directory is';
  const said = `${label} received: ${what} being read. Nothing is changed before somebody approves.`;
  if (!placed.isElsewhere) return { now: sentence(said) };
  const where = `Handover has no cards here, so the card is in ${channelLink(placed.channel)}.`;
  return { now: sentence(`${said} ${where}`), later: () => wayTo(submitted.record, parts) };
}

/** For who asked from elsewhere: the address of the card as soon as it has one. */
async function wayTo({ id, label }: RequestRecord, { bring, linkTo }: AnswerParts): Promise<Message> {
  await bring(id);
  const link = await linkTo(id);
  const card = link === null ? `The card of ${label} is on its way` : `<${link}|Open the card of ${label}>`;
  return sentence(`${card}. The result is told to you in a direct message.`);
}

async function listRequests({ client, linkTo }: AnswerParts, ask: RequestsAsk, by: Person): Promise<Message> {
  const open = await client.requests(ask, by);
  const ids = open.records.map(({ id, parent, reverses }) => (reverses && parent ? parent.id : id));
  const found = await Promise.all([...new Set(ids)].map(async (id) => ({ id, link: await linkTo(id) })));
  const links = new Map(found.flatMap(({ id, link }) => (link === null ? [] : [[id, link] as const])));
  return requestsMessage(open, ask.which, links);
}

async function show(
  { client, policy, linkTo, pagesOf, isArchived }: AnswerParts,
  label: string,
  { by, channel }: Arrived,
): Promise<Message> {
  const found = await client.showOne({ label, by, channel });
  if (found === null) return sentence(missingText(label, await isArchived(label)));
  if (found === 'hidden') return sentence(refusalText(hidden(label)));
  const [link, pages] = await Promise.all([linkTo(found.record.id), pagesOf(found.record)]);
  return showAnswer({ ...found, link, pages }, policy);
}

function hidden(label: string): Problem {
  return {
    code: 'read.not-allowed',
    summary: `You are not among those who may see ${label}.`,
    remedy:
      'Ask who asked for it, one of its approvers, or the owner of handover.yaml for policy.read.delegations.',
  };
}
