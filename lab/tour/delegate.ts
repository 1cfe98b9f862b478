import type { Fields } from '../slack/fields';
import { linesOf } from './transcript';
import { StoryError, type Stage } from './stage';
import { waitFor } from '../wait-for';

const command = '/delegate hyper-v01 -> hyper-v02 cifs,migration';
const there = { from: 'hyper-v01', to: 'hyper-v02' };
const back = { from: 'hyper-v02', to: 'hyper-v01' };

/**
 * The main job: ask, refuse the requester's own approval, approve, write, read back, and the KDC's answers before and after.
 */
export async function playDelegate(stage: Stage): Promise<void> {
  const { client, say } = stage;
  say('\n— Before —');
  await expectKdc(stage, there, { cifs: 'refused', migration: 'absent' });
  await expectKdc(stage, back, { cifs: 'refused', migration: 'absent' });

  say(`\n#hyper-v  @requester: ${command}`);
  const asked = await client.command({ user: 'requester', channel: 'hyper-v', text: command });
  hold(asked.ok, `the command was not acknowledged: ${String(asked.error)}`);
  show(stage, 'only you', asked.ephemerals);
  const card = await waitFor('a card with an Approve button', async () =>
    (await client.messages({ channel: 'hyper-v' })).find((message) => hasButton(message, 'request.approve')),
  );
  show(stage, '#hyper-v  Handover', [card]);
  const ts = String(card['ts']);
  const click = { channel: 'hyper-v', ts, action_id: 'request.approve' };

  say('\n@requester presses Approve:');
  await client.click({ user: 'requester', ...click });
  const refusal = await waitFor('the private refusal', async () =>
    (await client.messages({ channel: 'hyper-v', user: 'requester' })).find((message) =>
      hasText(message, 'somebody else'),
    ),
  );
  show(stage, 'only you', [refusal]);
  await expectKdc(stage, there, { cifs: 'refused', migration: 'absent' });

  say('\n@approver presses Approve:');
  const approved = await client.click({ user: 'approver', ...click });
  hold(approved.ok, `the approval was not acknowledged: ${String(approved.error)}`);
  const replies = await waitFor('the report in the thread', async () => {
    const thread = await client.messages({ channel: 'hyper-v', thread_ts: ts });
    return thread.some((message) => isOutcome(message)) ? thread : undefined;
  });
  const [done, ...others] = replies;
  show(stage, '#hyper-v  Handover (card, edited)', done ? [done] : []);
  show(stage, '  in the thread', others);

  say('\n— After —');
  await expectKdc(stage, there, { cifs: 'granted', migration: 'present' });
  await expectKdc(stage, back, { cifs: 'refused', migration: 'absent' });
}

async function expectKdc(
  { client, say, unproved }: Stage,
  pair: { from: string; to: string },
  wanted: { cifs: string; migration: string },
): Promise<void> {
  const answer = await client.get('/_lab/kdc', pair);
  const way = `${pair.from} → ${pair.to}`;
  const { migration } = answer;
  if (answer['error'] === 'no_verdict') {
    unproved(`no KDC answers about ${way}`);
    // A simulated directory still shows what it holds.
    if (typeof migration !== 'string') return;
    say(`KDC: ${way}   cifs not asked (there is none), migration values ${migration} (simulated directory)`);
    hold(
      migration === wanted.migration,
      `${way} has its migration values ${migration}, not ${wanted.migration}`,
    );
    return;
  }
  say(`KDC: ${way}   cifs ${String(answer['cifs'])}, migration values ${String(migration)}`);
  const holds = answer['ok'] === true && answer['cifs'] === wanted.cifs && migration === wanted.migration;
  hold(holds, `${way} is ${JSON.stringify(answer)}, not ${JSON.stringify(wanted)}`);
}

function show({ say, users }: Stage, head: string, messages: readonly Fields[]): void {
  for (const message of messages) {
    say(`\n${head}:`);
    for (const line of linesOf(message, users)) say(`  │ ${line}`);
  }
}

function hasButton(message: Fields, actionId: string): boolean {
  return JSON.stringify(message['blocks'] ?? []).includes(`"${actionId}"`);
}

function hasText(message: Fields, text: string): boolean {
  return typeof message['text'] === 'string' && message['text'].includes(text);
}

/** The report is found by its metadata, as the bot itself finds it, not by its wording. */
function isOutcome(message: Fields): boolean {
  const metadata = message['metadata'] as { event_payload?: { key?: string } } | undefined;
  return metadata?.event_payload?.key === 'outcome';
}

function hold(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new StoryError(otherwise);
}
