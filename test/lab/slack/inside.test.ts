import type { App, BlockAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { startPractice, until, type Practice } from './bolt-app';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

/** A container with a button and pickers in it. */
const container: KnownBlock = {
  type: 'container',
  title: plain('Hosts'),
  child_blocks: [
    {
      type: 'actions',
      block_id: 'pick',
      elements: [
        { type: 'button', action_id: 'inside', text: plain('Inside'), value: 'hyper-v01' },
        { type: 'timepicker', action_id: 'when', initial_time: '02:00' },
        { type: 'channels_select', action_id: 'where' },
        { type: 'multi_channels_select', action_id: 'everywhere', initial_channels: ['C0NOTICES'] },
      ],
    },
  ],
};

const actions: BlockAction[] = [];
let practice: Practice;
beforeAll(async () => {
  practice = await startPractice((app: App) => {
    app.action(/.*/, async ({ ack, body }) => {
      actions.push(body as BlockAction);
      await ack();
    });
  });
});
afterAll(() => practice.stop());

const post = (blocks: KnownBlock[]) =>
  practice.app.client.chat.postMessage({ channel: 'C0HYPERV', text: 'Hosts', blocks });

it('what stands in a container can be pressed, and its state travels', async () => {
  const { ts = '' } = await post([container]);
  const click = { user: 'requester', channel: 'C0HYPERV', ts, action_id: 'inside' };
  expect(await practice.lab.click(click)).toMatchObject({ ok: true });
  await until(() => actions.length === 1);
  expect(actions[0]).toMatchObject({
    actions: [{ action_id: 'inside', block_id: 'pick', value: 'hyper-v01' }],
    state: {
      values: {
        pick: {
          when: { type: 'timepicker', selected_time: '02:00' },
          where: { type: 'channels_select', selected_channel: null },
          everywhere: { type: 'multi_channels_select', selected_channels: ['C0NOTICES'] },
        },
      },
    },
  });
});

it('an update takes 4,000 bytes of text, counted as they travel, and no more', async () => {
  const { ts = '' } = await post([]);
  const update = (text: string) => practice.app.client.chat.update({ channel: 'C0HYPERV', ts, text });
  await expect(update('x'.repeat(4_000))).resolves.toMatchObject({ ok: true });
  await expect(update('ö'.repeat(2_001))).rejects.toMatchObject({ data: { error: 'msg_too_long' } });
});
