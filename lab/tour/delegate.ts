import type { Fields } from '../slack/fields';
import { expectKdc, GRANTED, REFUSED } from './kdc-word';
import { buttonsIn, keyOf } from './message-search';
import { hold, until, type Stage } from './stage';
import { openTranscript } from './transcript';

const command = '/delegate hyper-v01 -> hyper-v02 cifs,migration';
const there = { from: 'hyper-v01', to: 'hyper-v02' };
const back = { from: 'hyper-v02', to: 'hyper-v01' };

/**
 * The main job: ask, refuse the requester's own approval, approve, write, read back, and the KDC's answers before and after.
 */
export async function playDelegate(stage: Stage): Promise<void> {
  const { client, say } = stage;
  const transcript = openTranscript(stage);
  const show = (head: string, messages: readonly Fields[]): void =>
    messages.forEach((message) => transcript.show(head, message));
  say('\n— Before —');
  await expectKdc(stage, [there, back], REFUSED);

  say(`\n#hyper-v  @requester: ${command}`);
  const asked = await client.command({ user: 'requester', channel: 'hyper-v', text: command });
  hold(asked.ok, `the command was not acknowledged: ${String(asked.error)}`);
  show('only you', asked.ephemerals);
  const card = await until('a card with an Approve button', async () =>
    (await client.messages({ channel: 'hyper-v' })).find(
      (message) => buttonsIn(message, 'request.approve').length > 0,
    ),
  );
  show('#hyper-v  Handover', [card]);
  const ts = String(card['ts']);
  const click = { channel: 'hyper-v', ts, action_id: 'request.approve' };

  say('\n@requester presses Approve:');
  await client.click({ user: 'requester', ...click });
  const refusal = await until('the private refusal', async () =>
    (await client.messages({ channel: 'hyper-v', user: 'requester' })).find((message) =>
      hasText(message, 'somebody else'),
    ),
  );
  show('only you', [refusal]);
  await expectKdc(stage, [there], REFUSED);

  say('\n@approver presses Approve:');
  const approved = await client.click({ user: 'approver', ...click });
  hold(approved.ok, `the approval was not acknowledged: ${String(approved.error)}`);
  const replies = await until('the report in the thread', async () => {
    const thread = await client.messages({ channel: 'hyper-v', thread_ts: ts });
    return thread.some((message) => keyOf(message) === 'outcome') ? thread : undefined;
  });
  const [done, ...others] = replies;
  show('#hyper-v  Handover (card, edited)', done ? [done] : []);
  show('  in the thread', others);

  say('\n— After —');
  await expectKdc(stage, [there], GRANTED);
  await expectKdc(stage, [back], REFUSED);
}

function hasText(message: Fields, text: string): boolean {
  return typeof message['text'] === 'string' && message['text'].includes(text);
}
