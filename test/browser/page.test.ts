import type { App, ViewSubmitAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Page } from 'playwright-core';
import { expectShown, startBrowser, type TestBrowser } from '../support/browser';
import { startPractice, until, type Practice } from '../lab/slack/bolt-app';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const button = (action: string, label: string) =>
  ({ type: 'button', action_id: action, text: plain(label) }) as const;

function orderForm(note = 'Where to?'): ModalView {
  return {
    type: 'modal',
    callback_id: 'order',
    title: plain('Order'),
    submit: plain('Send it'),
    notify_on_close: true,
    blocks: [
      { type: 'section', text: plain(note) },
      {
        type: 'input',
        block_id: 'host',
        label: plain('Host'),
        element: { type: 'plain_text_input', action_id: 'host' },
      },
      {
        type: 'input',
        block_id: 'services',
        label: plain('Services'),
        optional: true,
        element: {
          type: 'checkboxes',
          action_id: 'services',
          options: ['cifs', 'migration'].map((name) => ({ text: plain(name), value: name })),
        },
      },
      {
        type: 'input',
        block_id: 'near',
        optional: true,
        label: plain('Found by typing'),
        element: { type: 'external_select', action_id: 'near', min_query_length: 2 },
      },
      { type: 'actions', block_id: 'more', elements: [button('more', 'More')] },
    ],
  };
}

const submitted: ViewSubmitAction['view']['state']['values'][] = [];
const closed: string[] = [];
const counts = new Map<string, number>();

/** Made of what is known, so that an event that comes twice shows the same. */
function homeOf(user: string): KnownBlock[] {
  return [
    { type: 'header', text: plain('Waiting for you') },
    { type: 'section', text: plain(`Counted ${counts.get(user) ?? 0}`) },
    { type: 'actions', block_id: 'home', elements: [button('count', 'Count')] },
  ];
}

function prepare(app: App): void {
  app.command('/order', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: orderForm() });
  });
  app.command('/note', async ({ ack, body }) =>
    ack({ response_type: 'ephemeral', text: `Only for ${body.user_name}` }),
  );
  app.action('more', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    await client.views.update({ view_id: body.view.id, view: orderForm('Where to, exactly?') });
  });
  app.options('near', async ({ ack, options }) =>
    ack({
      options: [`${options.value}-01`, `${options.value}-02`].map((name) => ({
        text: plain(name),
        value: name,
      })),
    }),
  );
  app.view('order', async ({ ack, view }) => {
    submitted.push(view.state.values);
    const host = view.state.values['host']?.['host']?.value ?? '';
    if (host.includes(' '))
      await ack({ response_action: 'errors', errors: { host: 'A name has no spaces.' } });
    else await ack();
  });
  app.view({ callback_id: 'order', type: 'view_closed' }, async ({ ack, view }) => {
    closed.push(view.id);
    await ack();
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: homeOf(event.user) } });
  });
  app.action('count', async ({ ack, body, client }) => {
    await ack();
    counts.set(body.user.id, (counts.get(body.user.id) ?? 0) + 1);
    await client.views.publish({
      user_id: body.user.id,
      view: { type: 'home', blocks: homeOf(body.user.id) },
    });
  });
}

let practice: Practice;
let browser: TestBrowser;
beforeAll(async () => {
  const commandHints = [
    { command: '/order', usage: 'HOST', description: 'Orders a host.' },
    { command: '/note', usage: '', description: 'Writes a note.' },
    { command: '/silent', usage: '', description: 'Is answered by nobody.' },
  ];
  [practice, browser] = await Promise.all([startPractice(prepare, { commandHints }), startBrowser()]);
});
afterEach(() => browser.closeTabs());
afterAll(async () => {
  await browser.close();
  await practice.stop();
});
beforeEach(async () => {
  await practice.lab.reset();
  submitted.length = 0;
  closed.length = 0;
  counts.clear();
});

const open = (as: string, width = 1440): Promise<Page> =>
  browser.openAs({ pageUrl: practice.slack.pageUrl, as, width });

async function send(page: Page, text: string): Promise<void> {
  await page.getByTestId('text').fill(text);
  await page.getByTestId('text').press('Enter');
}

const post = (text: string, more: { blocks?: KnownBlock[]; channel?: string; thread_ts?: string } = {}) =>
  practice.app.client.chat.postMessage({ channel: 'C0HYPERV', text, ...more });

describe('the printed address', () => {
  it('lets a browser in that knows nothing, and keeps the token out of sight', async () => {
    const { pageUrl } = practice.slack;
    const page = await browser.follow(pageUrl);
    await expectShown(page.getByTestId('messages').locator('.message, .welcome').first());
    expect(page.url()).toBe(new URL('/', pageUrl).href);
  });
});

describe.each([390, 1440])('a form at %d px', (width) => {
  it('shows the app’s errors under their inputs and keeps what was typed', async () => {
    const page = await open('requester', width);
    await send(page, '/order now');
    const form = page.getByTestId('modal');
    await form.getByLabel('Host').fill('hyper v01');
    await form.getByText('cifs').click();
    await page.getByTestId('submit').click();
    await expectShown(form.getByText('A name has no spaces.'));
    expect(await form.getByLabel('Host').inputValue()).toBe('hyper v01');
    await expectShown(form.getByLabel('Host').and(page.locator(':focus')));

    await form.getByLabel('Host').fill('hyper-v01');
    await page.getByTestId('submit').click();
    await form.waitFor({ state: 'hidden' });
    expect(submitted.at(-1)).toMatchObject({
      host: { host: { value: 'hyper-v01' } },
      services: { services: { selected_options: [{ value: 'cifs' }] } },
    });
  });
});

describe('forms', () => {
  it('insist on what is required before the app hears of it', async () => {
    const page = await open('requester');
    await send(page, '/order now');
    await page.getByTestId('submit').click();
    await expectShown(page.getByTestId('modal').locator('[data-block=host] .error'));
    expect(submitted).toEqual([]);
  });

  it('keep what was typed when the app updates them', async () => {
    const page = await open('requester');
    await send(page, '/order now');
    const form = page.getByTestId('modal');
    await form.getByLabel('Host').fill('hyper-v01');
    await form.getByText('migration').click();
    await form.getByRole('button', { name: 'More' }).click();
    await expectShown(form.getByText('Where to, exactly?'));
    expect(await form.getByLabel('Host').inputValue()).toBe('hyper-v01');
    expect(await form.getByLabel('migration').isChecked()).toBe(true);
  });

  it('offer what the app finds', async () => {
    const page = await open('requester');
    await send(page, '/order now');
    const form = page.getByTestId('modal');
    await form.getByLabel('Host').fill('x');
    await form.getByLabel('Search').pressSequentially('hv');
    await form.getByRole('option', { name: 'hv-02' }).waitFor({ state: 'attached' });
    await form.locator('[data-block=near] select').selectOption('hv-02');
    await page.getByTestId('submit').click();
    await form.waitFor({ state: 'hidden' });
    expect(submitted.at(-1)).toMatchObject({ near: { near: { selected_option: { value: 'hv-02' } } } });
  });

  it('close with Escape, and the app is told', async () => {
    const page = await open('requester');
    await send(page, '/order now');
    await expectShown(page.getByTestId('modal').getByLabel('Host'));
    await page.keyboard.press('Escape');
    await page.getByTestId('modal').waitFor({ state: 'hidden' });
    await until(() => closed.length === 1);
    expect(closed).toHaveLength(1);
  });
});

describe('several tabs', () => {
  it('show each person what is theirs, and the same person the same', async () => {
    const [one, other, approver] = [await open('requester'), await open('requester'), await open('approver')];
    await send(one, '/note');
    await expectShown(one.getByText('Only for requester'));
    await expectShown(other.getByText('Only for requester'));
    await post('For everybody');
    await expectShown(approver.getByTestId('messages').getByText('For everybody'));
    expect(await approver.getByText('Only for requester').count()).toBe(0);
    expect(await one.locator('.ephemeral').getByText('Only visible to you').count()).toBe(1);
  });

  it('agree on what is unread', async () => {
    const [one, other] = [await open('oncall'), await open('oncall')];
    await post('News', { channel: 'C0NOTICES' });
    await expectShown(one.getByTestId('place-notices').and(one.locator('.unread')));
    await expectShown(other.getByTestId('place-notices').and(other.locator('.unread')));
    await one.getByTestId('place-notices').click();
    await expectShown(one.getByText('New', { exact: true }));
    await expectShown(other.getByTestId('place-notices').and(other.locator(':not(.unread)')));
  });

  it('let one person become another', async () => {
    const page = await open('requester');
    await send(page, '/note');
    await expectShown(page.getByText('Only for requester'));
    await page.getByTestId('person').selectOption({ label: 'Approver' });
    await page.getByText('Only for requester').waitFor({ state: 'hidden' });
    expect(new URL(page.url()).searchParams.get('as')).toBe('U0APPROVER');
  });
});

describe('the Home tab', () => {
  it.each([390, 1440])('shows what the app publishes, and its buttons work, at %d px', async (width) => {
    const page = await open('oncall', width);
    const places = page.getByRole('button', { name: 'Channels' });
    if (await places.isVisible()) await places.click();
    await page.getByTestId('place-Handover').click();
    await expectShown(page.getByTestId('home').getByText('Waiting for you'));
    await page.getByTestId('home').getByRole('button', { name: 'Count' }).click();
    await expectShown(page.getByTestId('home').getByText('Counted 1'));
    await page.getByTestId('tab-messages').click();
    await expectShown(page.getByText('Your messages with Handover'));
  });
});

describe('with the keyboard alone', () => {
  it('a command is chosen, sent, and brought back', async () => {
    const page = await open('requester');
    await page.getByTestId('text').focus();
    await page.keyboard.type('/');
    await expectShown(page.getByTestId('hints').getByRole('option').nth(1));
    await page.keyboard.press('ArrowDown');
    expect(await page.getByTestId('hints').locator('[aria-selected=true] b').textContent()).toBe('/note');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expectShown(page.getByText('Only for requester'));
    await page.keyboard.press('ArrowUp');
    expect(await page.getByTestId('text').inputValue()).toBe('/note');
  });

  it('a thread is opened, written to, and closed where it was opened', async () => {
    const page = await open('requester');
    await post('Start of a thread');
    await page.getByTestId('open-thread').focus();
    await page.keyboard.press('Enter');
    await expectShown(page.getByTestId('reply-text').and(page.locator(':focus')));
    await page.keyboard.type('An answer');
    await page.keyboard.press('Enter');
    await expectShown(page.getByTestId('replies').getByText('An answer'));
    await page.keyboard.press('Escape');
    await expectShown(page.getByTestId('open-thread').and(page.locator(':focus')));
    expect(await page.getByTestId('open-thread').textContent()).toContain('1 reply');
  });

  it('what is typed stays when a message comes in', async () => {
    const page = await open('requester');
    await page.getByTestId('text').fill('half a sent');
    await post('Meanwhile');
    await expectShown(page.getByText('Meanwhile'));
    await page.keyboard.type('ence');
    expect(await page.getByTestId('text').inputValue()).toBe('half a sentence');
  });
});

describe('what was written', () => {
  it('stays with the person and the place where it was written', async () => {
    const page = await open('requester');
    await page.getByTestId('text').fill('half a thought');
    await page.getByTestId('place-notices').click();
    expect(await page.getByTestId('text').inputValue()).toBe('');
    await page.getByTestId('person').selectOption({ label: 'Approver' });
    await page.getByTestId('place-hyper-v').click();
    expect(await page.getByTestId('text').inputValue()).toBe('');
    await page.getByTestId('person').selectOption({ label: 'Requester' });
    expect(await page.getByTestId('text').inputValue()).toBe('half a thought');
  });

  it('comes back to whoever wrote it when it fails, and shows nobody else why', async () => {
    const page = await open('requester');
    await send(page, '/silent');
    await page.getByTestId('person').selectOption({ label: 'On-call' });
    await page.waitForResponse((response) => response.url().endsWith('/_lab/command'));
    await expectShown(page.getByTestId('messages'));
    expect(await page.getByTestId('notice').textContent()).toBe('');
    expect(await page.getByTestId('text').inputValue()).toBe('');
    await page.getByTestId('person').selectOption({ label: 'Requester' });
    expect(await page.getByTestId('text').inputValue()).toBe('/silent');
  });

  it('is not sent twice when a form’s button is pressed twice', async () => {
    const page = await open('requester');
    await send(page, '/order now');
    await page.getByTestId('modal').getByLabel('Host').fill('hyper-v01');
    await page.getByTestId('submit').dblclick();
    await page.getByTestId('modal').waitFor({ state: 'hidden' });
    expect(submitted).toHaveLength(1);
  });
});

describe('a long channel', () => {
  it('opens where the news begins, whatever was scrolled before', async () => {
    for (let count = 1; count <= 40; count += 1) await post(`Old ${count}`, { channel: 'C0NOTICES' });
    const page = await open('oncall');
    await page.getByTestId('place-notices').click();
    await expectShown(page.getByText('Old 40'));
    await page.getByTestId('place-hyper-v').click();
    for (let count = 1; count <= 3; count += 1) await post(`News ${count}`, { channel: 'C0NOTICES' });
    await expectShown(page.getByTestId('place-notices').and(page.locator('.unread')));
    await page.getByTestId('place-notices').click();
    await expectShown(page.getByText('News 3'));
    const isSeen =
      '(line) => { const { top } = line.getBoundingClientRect(); return top > 0 && top < innerHeight; }';
    expect(await page.locator('.new-line').evaluate(`(${isSeen})(document.querySelector('.new-line'))`)).toBe(
      true,
    );
  });
});

describe('when something goes wrong', () => {
  it('says that the app does not answer, and keeps the command', async () => {
    const page = await open('requester');
    await send(page, '/silent');
    await page
      .getByTestId('notice')
      .getByText(/did not respond.*did not answer within three seconds/s)
      .waitFor();
    expect(await page.getByTestId('text').inputValue()).toBe('/silent');
  });

  it('says in a thread that Slack takes no commands there', async () => {
    const page = await open('requester');
    await post('Start of a thread');
    await page.getByTestId('open-thread').click();
    await page.getByTestId('reply-text').fill('/note');
    await page.getByTestId('reply-text').press('Enter');
    await expectShown(page.getByTestId('notice').getByText('not supported in threads'));
  });
});

it('the browser complained of nothing but the panel that is not there', () => {
  expect(browser.complaints.filter((line) => !line.includes('404'))).toEqual([]);
});
