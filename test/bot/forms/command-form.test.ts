import { commandFormFor } from '../../../src/bot/forms/command-answers';
import { COMMAND_TEXT, COMMAND_VERB } from '../../../src/bot/forms/command-form';
import { waitFor } from '../../../lab/wait-for';
import { expectSlackTakes } from '../../support/blocks';
import { policy, requester } from '../../support/request-record';
import { startPractice, type Practice } from '../support/practice';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.stop());

const user = 'requester';

/** Types a command that is not understood and opens its form. */
async function open(text: string): Promise<{ view_id: string; view: string }> {
  await practice.lab.command({ user, channel: 'hyper-v', text });
  const { view, error } = await practice.lab.click({ user, channel: 'hyper-v', action_id: 'form.open' });
  expect(error).toBeUndefined();
  return { view_id: String(view?.['id']), view: JSON.stringify(view) };
}

describe('a command that is not understood', () => {
  it('has a caret under its text and a button', async () => {
    const answer = await practice.lab.command({ user, channel: 'hyper-v', text: '/hv shwo R-1' });
    const blocks = JSON.stringify(answer.ack?.['blocks']);
    expect(blocks).toContain('shwo R-1\\n^');
    expect(blocks).toContain('"value":"/hv shwo R-1"');
  });

  it('opens a form with what was understood: the verb, and the text after it', async () => {
    const { view } = await open('/hv shwo R-1 x & y');
    expect(view).toContain('"initial_option":{"text":{"type":"plain_text","text":"show"');
    expect(view).toContain('"initial_value":"R-1 x & y"');
    expect(view).toContain('is not a command');
  });

  it('says under the text what is wrong, and does nothing', async () => {
    const { view_id } = await open('/hv requests yours');
    const before = await practice.ledger.openRequests();
    const values = { [COMMAND_VERB]: 'extend', [COMMAND_TEXT]: 'R-1 soon' };
    const answer = await practice.lab.submit({ user, view_id, values });
    expect(answer.errors?.[COMMAND_TEXT]).toMatch(/soon.*Expected: /);
    expect(await practice.ledger.openRequests()).toEqual(before);
  });

  it('is carried out once it is right, and answered privately where it was typed', async () => {
    const { view_id } = await open('/hv retire');
    const values = { [COMMAND_VERB]: 'requests', [COMMAND_TEXT]: '' };
    const seen = practice.slack.messages.ephemerals('U0REQUESTER', 'C0HYPERV').length;
    expect(await practice.lab.submit({ user, view_id, values })).toMatchObject({ ok: true });
    const told = practice.slack.messages.ephemerals('U0REQUESTER', 'C0HYPERV').slice(seen);
    expect(told.map(({ text }) => text).join()).toMatch(/open request/i);
  });
});

describe('a form that is sent twice', () => {
  it('makes one request', async () => {
    const { view_id } = await open('/delegate mesh hyper-v01');
    const before = (await practice.ledger.openRequests()).length;
    await practice.lab.faults({ kind: 'duplicate', type: 'interactive', new_envelope: true });
    const values = { [COMMAND_VERB]: 'delegate', [COMMAND_TEXT]: 'hyper-v01 -> hyper-v02' };
    await practice.lab.submit({ user, view_id, values });
    expect((await practice.ledger.openRequests()).length).toBe(before + 1);
  });
});

describe('a mention in a thread', () => {
  it('takes the same text, and is answered in the thread', async () => {
    const root = practice.slack.messages.post({ channel: 'C0HYPERV', user: 'U0ONCALL' }, { text: 'So?' });
    const mention = { user, channel: 'hyper-v', thread_ts: root.ts };
    const refused = await practice.lab.command({ ...mention, text: '/hv requests' });
    expect(refused.error).toBe('not_supported_in_threads');
    const seen = practice.slack.messages.ephemerals('U0REQUESTER', 'C0HYPERV').length;
    await practice.lab.mention({ ...mention, text: 'shwo R-1' });
    const [told] = await waitForTold(seen);
    expect([told?.thread_ts, told?.text]).toEqual([root.ts, expect.stringContaining('is not a command')]);
    expect(JSON.stringify(told?.blocks)).toContain('"value":"mention <@U0HANDOVER> shwo R-1"');
  });

  it('that Slack brings twice is answered once', async () => {
    await practice.lab.faults({ kind: 'duplicate', type: 'events_api', new_envelope: true });
    const seen = practice.slack.messages.ephemerals('U0REQUESTER', 'C0HYPERV').length;
    await practice.lab.mention({ user, channel: 'hyper-v', text: 'show R-9999' });
    await practice.lab.mention({ user, channel: 'hyper-v', text: 'show R-8888' });
    const told = await waitForTold(seen, 'R-8888');
    expect(told.filter(({ text }) => text.includes('R-9999'))).toHaveLength(1);
  });
});

async function waitForTold(seen: number, text = '') {
  return waitFor(`a private message${text}`, () => {
    const told = practice.slack.messages.ephemerals('U0REQUESTER', 'C0HYPERV').slice(seen);
    return Promise.resolve(told.some((each) => each.text.includes(text)) ? told : undefined);
  });
}

it.each(['', 'delegate', 'x'.repeat(400), '😀'.repeat(300), 'undo R-1 '.repeat(40)])(
  'Slack takes the form of “%s”',
  (text) => {
    const where = { channel: 'C0HYPERV', thread: null };
    expectSlackTakes(commandFormFor({ entry: '/hv', text }, { policy, by: requester, where }), 'modal');
  },
);

it('the form offers only what the policy lets the person ask for', () => {
  const where = { channel: '', thread: null };
  const formOf = (rules: typeof policy) =>
    JSON.stringify(commandFormFor({ entry: '/hv', text: 'x' }, { policy: rules, by: requester, where }));
  expect(formOf(policy)).toContain('"value":"delegate"');
  expect(formOf({})).not.toContain('"value":"delegate"');
});
