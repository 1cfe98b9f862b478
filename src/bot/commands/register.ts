import type { App } from '@slack/bolt';
import type { Clock } from '../../core/ports';
import type { Person } from '../../core/request/statement';
import type { CommandEntry } from '../../core/commands/verbs';
import { refusedCommand } from '../refusal';
import { answerCommand, type Arrived } from './answer';
import type { RequestClient } from '../../jobs/client';
import type { Placement } from './placement';

/** What the commands need. */
export interface CommandParts {
  readonly client: RequestClient;
  readonly placement: Placement;
  readonly clock: Clock;
  person(acted: {
    enterprise?: string | null | undefined;
    team?: string | null | undefined;
    user: string;
  }): Person | { problem: { code: string; summary: string; remedy: string } };
  failure(error: unknown): string;
}

/** Slack waits 3 s for an answer; half of it is ours. */
const BUDGET_MS = 1_500;

/** Registers the slash commands and mentions; both go through the same parser. */
export function registerCommands(app: App, parts: CommandParts): void {
  for (const entry of ['/delegate', '/hv'] as const) {
    app.command(entry, async ({ ack, command, respond }) => {
      const { enterprise_id: enterprise, team_id: team, user_id: user, channel_id: channel } = command;
      const key = `trigger-${command.trigger_id}`;
      const answered = await inTime(parts, {
        acted: { enterprise, team, user },
        arrived: { entry, text: command.text, channel, key },
      });
      await ack({ response_type: 'ephemeral', text: answered.text });
      if (answered.later) await respond({ response_type: 'ephemeral', text: await answered.later() });
    });
  }

  app.event('app_mention', async ({ event, body, client }) => {
    // Bots may mention too; nothing they say is a request.
    if (event.user === undefined || event.bot_id !== undefined) return;
    const thread = event.thread_ts ?? event.ts;
    const answered = await inTime(parts, {
      // The person's own team: in a shared channel `body.team_id` is only the team that received the event.
      acted: { enterprise: body.enterprise_id, team: event.team, user: event.user },
      arrived: {
        entry: 'mention',
        text: event.text.replace(/^\s*<@[A-Z0-9]+>\s*/, ''),
        channel: event.channel,
        key: `event-${body.event_id}`,
      },
    });
    const text = answered.later ? await answered.later() : answered.text;
    await client.chat.postEphemeral({ channel: event.channel, user: event.user, thread_ts: thread, text });
  });
}

type Answered = { readonly text: string; readonly later?: () => Promise<string> };

async function inTime(
  parts: CommandParts,
  {
    acted,
    arrived,
  }: {
    acted: Parameters<CommandParts['person']>[0];
    arrived: Omit<Arrived, 'by' | 'entry'> & { entry: CommandEntry };
  },
): Promise<Answered> {
  const by = parts.person(acted);
  if ('problem' in by) return { text: refusedCommand(by.problem) };
  const end = new AbortController();
  const late = parts.clock.wait(BUDGET_MS, end.signal).then(() => ({
    text: '⏳ Not now: this takes longer than Slack waits. If a card appears, it was received after all; otherwise nothing was changed, ask again.',
  }));
  const work = answerCommand({ ...arrived, by }, parts).catch((error: unknown) => ({
    text: parts.failure(error),
  }));
  const answered = await Promise.race([work, late]);
  end.abort();
  if ('text' in answered) return answered;
  const later = (): Promise<string> => answered.later().catch((error: unknown) => parts.failure(error));
  return { text: 'Looking, nothing is changed by this …', later };
}
