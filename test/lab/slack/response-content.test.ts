import type { Fields } from '../../../lab/slack/fields';
import type { Practice } from './bolt-app';
import { deliveries, startPractice } from './bolt-app';

describe.each(deliveries)('what an app answers a command with over %s', (over) => {
  let practice: Practice;
  let answer: Fields = {};
  let codes: unknown[] = [];
  beforeAll(async () => {
    practice = await startPractice(
      (app) => {
        app.command('/ack', async ({ ack }) => ack(answer));
        app.command('/later', async ({ ack, command }) => {
          const headers = { 'content-type': 'application/json' };
          const body = JSON.stringify(answer);
          const response = await fetch(command.response_url, { method: 'POST', headers, body });
          codes.push(response.status, await response.json());
          await ack();
        });
      },
      { over },
    );
  });
  afterAll(() => practice.stop());
  beforeEach(() => {
    codes = [];
  });

  const send = (text: string) => practice.lab.command({ user: 'requester', channel: 'hyper-v', text });

  it.each<[string, Fields, string]>([
    ['attachments', { attachments: [{ text: 'x' }] }, 'unsupported_by_stand_in'],
    ['attachments beside a text', { text: 'x', attachments: [{ text: 'x' }] }, 'unsupported_by_stand_in'],
    ['attachments that are none', { text: 'x', attachments: 'x' }, 'invalid_attachments'],
    ['a block that is no object', { text: 'x', blocks: [null] }, 'invalid_blocks_format'],
    ['one good block and a word', { blocks: [{ type: 'divider' }, 'x'] }, 'invalid_blocks_format'],
    ['blocks that are no list', { text: 'x', blocks: {} }, 'invalid_blocks_format'],
    ['metadata that is no object', { text: 'x', metadata: 'x' }, 'invalid_metadata_format'],
    ['markdown', { markdown_text: 'x' }, 'unsupported_by_stand_in'],
    ['nothing to show', { text: '', blocks: [] }, 'no_text'],
  ])('is refused like any message: %s', async (_what, given, error) => {
    answer = given;
    expect(await send('/ack')).toMatchObject({ ok: false, error, ephemerals: [], messages: [] });
    expect(await send('/later')).toMatchObject({ ok: true, ephemerals: [], messages: [] });
    expect(codes).toEqual([400, { ok: false, error }]);
  });

  it('may say where it would be shown and show nothing', async () => {
    answer = { response_type: 'in_channel' };
    expect(await send('/ack')).toMatchObject({ ok: true, ephemerals: [], messages: [] });
  });

  it('is shown with its blocks', async () => {
    answer = { text: 'x', blocks: [{ type: 'divider' }], attachments: [] };
    expect(await send('/ack')).toMatchObject({ ok: true, ephemerals: [{ blocks: [{ type: 'divider' }] }] });
    const later = await send('/later');
    expect(later).toMatchObject({ ok: true, ephemerals: [{ blocks: [{ type: 'divider' }] }] });
    expect(codes).toEqual([200, { ok: true }]);
  });
});
