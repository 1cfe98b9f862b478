import type { DelegateAsk } from '../../core/commands/ask';
import { helpFor } from '../../core/commands/help';
import { parseCommand, type CommandProblem } from '../../core/commands/parse';
import type { CommandEntry } from '../../core/commands/verbs';
import type { Person } from '../../core/request/statement';
import type { Preview, RequestClient } from '../../jobs/client';
import { card } from '../cards/card';
import { code, inert } from '../cards/text';
import { isAmong } from '../../core/delegation/values';
import { refusedCommand } from '../refusal';
import type { Placement } from './placement';

/** A command as it arrived, whoever carried it. */
export interface Arrived {
  readonly entry: CommandEntry;
  readonly text: string;
  readonly by: Person;
  readonly channel: string;
  /** Idempotency key: Slack's own id of the delivery. */
  readonly key: string;
}

/** The private answer to a command: now, or after a worker was asked. */
export type CommandAnswer = { readonly text: string } | { readonly later: () => Promise<string> };

/** Reads a command and does what it asks; an intake is recorded before this resolves. */
export async function answerCommand(
  arrived: Arrived,
  parts: { client: RequestClient; placement: Placement },
): Promise<CommandAnswer> {
  const parsed = parseCommand(arrived.entry, arrived.text);
  if (!parsed.ok) return { text: problemText(parsed.problem) };
  const { ask } = parsed;
  if (ask.verb === 'help') return { text: helpFor(ask.about) };
  if (ask.verb === 'show') return { text: await show(parts.client, ask.request) };
  if (ask.planOnly) return { later: async () => previewText(await parts.client.preview(ask, arrived.by)) };
  return { text: await submit(ask, arrived, parts) };
}

async function submit(
  ask: DelegateAsk,
  { by, channel, key }: Arrived,
  { client, placement }: { client: RequestClient; placement: Placement },
): Promise<string> {
  const placed = await placement.place(channel);
  if ('problem' in placed) return refusedCommand(placed.problem);
  const submitted = await client.submit({ ask, by, channel, key, card: { channel: placed.channel } });
  if (submitted.kind === 'refused') return refusedCommand(submitted.problem);
  const where = placed.isElsewhere
    ? ` Handover is not in this channel, so its card is in <#${placed.channel}>.`
    : '';
  return `${submitted.record.label} received: looking at the directory now. Nothing is changed before somebody approves.${where}`;
}

async function show(client: RequestClient, label: string): Promise<string> {
  const record = await client.find(label);
  if (!record) return `There is no request ${inert(label)}.`;
  return `${card(record).text} · card in <#${record.card.channel}>`;
}

function problemText({ summary, expected, nearest, caret }: CommandProblem): string {
  const hint = nearest === null ? '' : ` Did you mean ${code(nearest)}?`;
  return `🚫 ${inert(summary)} Expected: ${inert(expected)}.${hint} Nothing was recorded.\n\`\`\`\n${inert(caret.replaceAll('`', 'ˋ'))}\n\`\`\``;
}

function previewText({ verdicts, part }: Preview): string {
  const advice = verdicts
    .filter(({ verdict }) => verdict !== 'ok')
    .map(
      ({ verdict, sentence, remedy }) =>
        `${verdict === 'warn' ? '⚠' : '⛔'} ${inert(sentence)} ${inert(remedy)}`,
    );
  if (!part) return ['This would be refused. Nothing was changed.', ...advice].join('\n');
  if (part.changes.length === 0) return 'The directory holds all of it already. Nothing would change.';
  const changes = part.changes.flatMap((change) => [
    `${code(change.attribute)} on *${inert(change.name.toUpperCase())}*`,
    ...change.after.map((value) => `${isAmong(change.add, value) ? '+' : '='} ${code(value)}`),
  ]);
  const powers = part.powers.map((each) =>
    inert(`${each.source} will be able to act as any user on ${each.destination}.`),
  );
  return ['Only a plan: nothing was changed, nobody was asked.', ...powers, ...changes, ...advice].join('\n');
}
