import type { App } from '@slack/bolt';
import { entryOf } from '../../core/commands/verbs';
import type { Clock } from '../../core/ports';
import type { Settings } from '../../core/settings';
import type { Message } from '../cards/message';
import { inert } from '../cards/text';
import { inTime } from '../in-time';
import { personOf, type Acted } from '../person';
import { eachOf, type Tell } from '../private-answer';
import { refusalText } from '../refusal';
import { answerCommand, type AnswerParts, type Arrived, type CommandAnswer } from './answer';
import { sentence } from './answers';

/** What the commands need beside what answering needs. */
export interface CommandParts extends AnswerParts {
  readonly slack: Pick<Settings['slack'], 'team' | 'enterprise'>;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly failure: (error: unknown) => string;
  /** Whether nobody has claimed this key yet; remembered for a day. */
  readonly once: (key: string) => Promise<boolean>;
}

/** Slack waits 3 s for an answer; half of it is ours. */
const BUDGET_MS = 1_500;

const LATE: Message = sentence(
  '⏳ Not now: this takes longer than it should, and nothing was changed so far. The answer follows here; ' +
    'if none has come within a minute, look for a card before you ask again.',
);

/** Registers the slash commands and mentions; all of them go through the same parser. */
export function registerCommands(app: App, parts: CommandParts): void {
  app.command(/.*/, async ({ ack, command, respond }) => {
    const { enterprise_id: enterprise, team_id: team, user_id: user, channel_id: channel } = command;
    const entry = entryOf(command.command);
    const privately = (message: Message) => ({ response_type: 'ephemeral' as const, ...sendable(message) });
    if (!entry) {
      const unknown = `🚫 Handover does not know ${inert(command.command)}. Nothing was done. Try /hv help.`;
      await ack(privately(sentence(unknown)));
      return;
    }
    const key = `trigger-${command.trigger_id}`;
    const work = answer(parts, {
      acted: { enterprise, team, user },
      entry,
      text: command.text,
      channel,
      key,
    });
    const first = await inTime(parts.clock, BUDGET_MS, work);
    await ack(privately(first === 'late' ? LATE : first.now));
    if (first === 'late') await respond(privately((await work).now));
    const { later } = await work;
    const rest = later ? eachOf(await later()) : [];
    for (const message of rest) await respond(privately(message));
  });

  app.event('app_mention', async ({ event, body }) => {
    // Bots may mention too; nothing they say is a request.
    if (event.user === undefined || event.bot_id !== undefined) return;
    const { user, channel, text } = event;
    // A mention from a shared channel names the team of its author, which need not be ours.
    const { team = body.team_id } = event;
    const { enterprise_id: enterprise, event_id: id } = body;
    const listener = { channel, user, thread: event.thread_ts ?? null };
    const acted = { enterprise, team, user };
    const key = `event-${id}`;
    const isInThread = listener.thread !== null;
    const first = await answer(parts, { acted, entry: 'mention', text, channel, key, isInThread });
    // Slack brings an event again when our ack was lost. Its request is the same one; the answer is given once, and rather twice than never.
    if (!(await parts.once(`answered-${key}`).catch(() => true))) return;
    await parts.tell(listener, first.now);
    const rest = first.later ? eachOf(await first.later()) : [];
    for (const message of rest) await parts.tell(listener, message);
  });
}

/** The answer, whatever happens on the way. */
async function answer(
  parts: CommandParts,
  { acted, ...arrived }: Omit<Arrived, 'by'> & { acted: Acted },
): Promise<CommandAnswer> {
  const found = personOf(acted, parts.slack);
  const orFailure = (error: unknown): Message => sentence(parts.failure(error));
  try {
    if ('problem' in found) {
      const { problem } = found;
      const by = { enterprise: acted.enterprise ?? null, team: acted.team ?? '', user: acted.user };
      await parts.client.noteRefusal({ what: 'command', by, problem });
      return { now: sentence(refusalText(problem)) };
    }
    const { now, later } = await answerCommand({ ...arrived, by: found.person }, parts);
    return later ? { now, later: () => later().catch(orFailure) } : { now };
  } catch (error) {
    return { now: orFailure(error) };
  }
}

function sendable({ text, blocks }: Message) {
  return { text, ...(blocks.length > 0 && { blocks: [...blocks] }) };
}
