import type { Fields } from '../slack/fields';
import { expectKdc, GRANTED, REFUSED } from './kdc-word';
import { buttonsIn, keyOf } from './message-search';
import { hold, until, type Stage } from './stage';
import { openTranscript } from './transcript';

const there = { from: 'hyper-v01', to: 'hyper-v02' };
const command = '/hv why hyper-v01 -> hyper-v02 web-01';

/**
 * A machine that does not move: why, the request that mends it from its button, and why it still does not move at once: the source
 * remembers what the KDC has said, until its tickets are purged.
 */
export async function playWhy(stage: Stage): Promise<void> {
  const { client, say } = stage;
  const transcript = openTranscript(stage);
  await expectKdc(stage, [there], REFUSED);
  const missing = await ask(stage, 'delegation is missing');
  transcript.show('only you', missing);

  say('\n@requester presses “Ask for this delegation”:');
  const [button] = buttonsIn(missing, 'command.why-fix');
  hold(button !== undefined, 'the answer has no button that asks for the fix');
  const asked = await client.click({
    user: 'requester',
    channel: 'hyper-v',
    ts: String(missing['ts']),
    action_id: 'command.why-fix',
  });
  hold(asked.ok, `the click was not acknowledged: ${String(asked.error)}`);
  const card = await until('a card with an Approve button', async () =>
    (await client.messages({ channel: 'hyper-v' })).find(
      (message) => buttonsIn(message, 'request.approve').length > 0,
    ),
  );
  transcript.show('#hyper-v  Handover', card);
  const ts = String(card['ts']);
  say('\n@approver presses Approve:');
  await approve(stage, ts);
  await until('the report in the thread', async () => {
    const thread = await client.messages({ channel: 'hyper-v', thread_ts: ts });
    return thread.some((message) => keyOf(message) === 'outcome') ? thread : undefined;
  });
  await expectKdc(stage, [there], GRANTED);

  // Windows was asked before: it is not asked again for a quarter of an hour.
  transcript.show('only you', await ask(stage, 'the source remembers a refusal'));

  say('\nSomebody purges the tickets of hyper-v01 (klist purge -li 0x3e7):');
  const purged = await client.post('/_lab/fabric', { action: 'purge', host: 'hyper-v01' });
  hold(purged['ok'] === true, `the fabric refused the purge: ${JSON.stringify(purged)}`);
  transcript.show('only you', await ask(stage, 'nothing is wrong with what was seen'));
}

/** Asks, and waits for the private answer with this in its text. */
async function ask({ client, say }: Stage, wanted: string): Promise<Fields> {
  say(`\n#hyper-v  @requester: ${command}`);
  const asked = await client.command({ user: 'requester', channel: 'hyper-v', text: command });
  hold(asked.ok, `the command was not acknowledged: ${String(asked.error)}`);
  return until(`the answer that ${wanted}`, async () =>
    (await client.messages({ channel: 'hyper-v', user: 'requester' })).find((message) =>
      String(message['text']).includes(wanted),
    ),
  );
}

/** A trust mode makes it a high risk, which is approved by the name of its host. */
async function approve({ client }: Stage, ts: string): Promise<void> {
  const click = { user: 'approver', channel: 'hyper-v', ts, action_id: 'request.approve' };
  const clicked = await client.click(click);
  hold(clicked.ok, `the approval was not acknowledged: ${String(clicked.error)}`);
  if (!clicked.view) return;
  const values = { 'request.approve.host': 'hyper-v01' };
  const typed = await client.submit({ user: 'approver', view_id: String(clicked.view['id']), values });
  hold(typed.ok, `the form was not taken: ${String(typed.error)}`);
}
