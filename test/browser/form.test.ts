import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startPractice, type Practice } from '../../lab/practice';
import { expectShown, startBrowser, type TestBrowser } from '../support/browser';
import { scratchDirectory } from '../support/scratch';

let practice: Practice;
let browser: TestBrowser;

beforeAll(async () => {
  const directory = join(await scratchDirectory(), 'practice');
  const plain = { port: 0, decideSeconds: 3600, isSimulated: false, redisUrl: '', say: () => undefined };
  [practice, browser] = await Promise.all([startPractice({ ...plain, directory }), startBrowser()]);
});
afterEach(async () => {
  // A form that is left open is open in the next tab too.
  practice.slack.views.close('U0REQUESTER', 'all');
  await browser.closeTabs();
});
afterAll(async () => {
  await browser.close();
  await practice.stop();
});

const open = (as: string, width: number): Promise<Page> =>
  browser.openAs({ pageUrl: practice.slack.pageUrl, as, width });

/** Opens the form of a command that is not understood, and gives its modal. */
async function openForm(page: Page, text: string) {
  const buttons = page.getByRole('button', { name: 'Open form' });
  // Errors of earlier tests are still there.
  const earlier = await buttons.count();
  await page.getByTestId('text').fill(text);
  await page.getByTestId('text').press('Enter');
  await buttons.nth(earlier).click();
  const modal = page.getByTestId('modal');
  await expectShown(modal.getByText('Delegation', { exact: true }));
  return modal;
}

/** A block of the form, by the beginning of its id. */
const block = (modal: ReturnType<Page['getByTestId']>, id: string) =>
  modal.locator(`[data-block^="form.delegation.${id}"]`);

describe.each([
  { width: 1440, from: 'hyper-v01', to: 'hyper-v02' },
  { width: 390, from: 'hyper-v02', to: 'hyper-v03' },
])('the form alone, at $width px', ({ width, from, to }) => {
  it('does the main job: every choice in it, through approval to what the KDC grants', async () => {
    const [requester, approver] = [await open('requester', width), await open('approver', width)];
    const modal = await openForm(requester, '/delegate');
    await block(modal, 'computer').locator('input').pressSequentially(from);
    await block(modal, 'computer').locator('select').selectOption(from);
    await expectShown(modal.getByText(`${from} now: `));
    await modal.getByText('Use Kerberos only').click();
    await block(modal, 'added').locator('input').pressSequentially('hyper-v-k');
    await block(modal, 'added').locator('select').selectOption('hyper-v-kerb');
    await block(modal, 'typed').locator('input').fill(`${to.toUpperCase()}; hyper-v33`);
    await modal.getByRole('button', { name: 'Check Names' }).click();
    await expectShown(modal.getByText(`✔ ${to}: found`));
    await expectShown(modal.getByText('✖ hyper-v33: not found'));
    expect(await block(modal, 'added').locator('select').inputValue()).toBe('hyper-v-kerb');
    await block(modal, 'added').locator('select').selectOption([to]);
    await block(modal, 'typed').locator('input').fill('');
    expect(await requester.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await requester.getByTestId('submit').click();

    await expectShown(modal.getByText(`+  cifs · ${to}`));
    await block(modal, 'reason').locator('input').fill('Patch night');
    await block(modal, 'for').locator('input').fill('soon');
    await requester.getByTestId('submit').click();
    await expectShown(block(modal, 'for').locator('.error'));
    await block(modal, 'for').locator('input').fill('');
    await requester.getByTestId('submit').click();

    await expectShown(modal.getByText(`${from} would be able to act as any user on ${to}`));
    await requester.getByTestId('submit').click();
    await expectShown(modal.getByText('received'));
    const label = /R-\d+/.exec((await modal.textContent()) ?? '')?.[0] ?? 'no label';
    await modal.locator('footer button').click();
    await modal.waitFor({ state: 'hidden' });

    const card = (page: Page) =>
      page.getByTestId('messages').locator('.message:not(.ephemeral)').filter({ hasText: label }).last();
    await expectShown(card(approver).getByText('Patch night').first());
    await card(approver).getByRole('button', { name: 'Approve', exact: true }).click();
    await approver.getByTestId('confirm').click();
    await expectShown(card(requester).getByText('Done and proved'));
    const openDomain = requester.getByTestId('open-domain');
    if (await openDomain.isVisible()) await openDomain.click();
    await requester.getByTestId(`pair-${from}-${to}`).click();
    await expectShown(requester.getByTestId('verdict').getByText('granted'));
  }, 120_000);

  it('shows what the computer holds by now, and unticking it asks that it goes', async () => {
    const page = await open('requester', width);
    const modal = await openForm(page, `/undelegate ${from}`);
    const held = block(modal, 'holds').getByLabel(`cifs · ${to}`);
    await held.waitFor();
    expect(await held.isChecked()).toBe(true);
    await held.uncheck();
    await page.getByTestId('submit').click();
    await expectShown(modal.getByText(`−  cifs · ${to}`));
    await expectShown(modal.getByText(`/hv undelegate ${from} -> ${to} cifs`));
    await page.keyboard.press('Escape');
    await held.waitFor();
    expect(await held.isChecked()).toBe(false);
  });

  it('shows trust for any service, and blocks it', async () => {
    const page = await open('requester', width);
    const modal = await openForm(page, `/delegate ${from}`);
    // What the computer holds is read first: of two changes of a view at one moment Slack takes one.
    await block(modal, 'holds').getByLabel(`cifs · ${to}`).waitFor();
    await modal.getByText('Trust for delegation to any service').click();
    await expectShown(modal.getByText('⛔ Handover never sets trust for any service'));
    await page.getByTestId('submit').click();
    await expectShown(block(modal, 'trust').locator('.error'));
  });
});

it('the browser complained of nothing', () => {
  expect(browser.complaints).toEqual([]);
});
