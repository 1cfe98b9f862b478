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
afterEach(() => browser.closeTabs());
afterAll(async () => {
  await browser.close();
  await practice.stop();
});

/** Opens the page as this person, and Home in it. */
async function homeOf(as: string, width: number): Promise<Page> {
  const page = await browser.openAs({ pageUrl: practice.slack.pageUrl, as, width });
  if (width < 800) await page.getByRole('button', { name: 'Channels' }).click();
  await page.getByTestId('place-Handover').click();
  await page.getByTestId('tab-home').click();
  await expectShown(page.getByTestId('home').getByText('Redis answers'));
  return page;
}

/** Asks in #hyper-v. */
async function ask(text: string): Promise<void> {
  const page = await browser.openAs({ pageUrl: practice.slack.pageUrl, as: 'requester', width: 1440 });
  // The card may stand below the answer before anybody looks.
  const answers = page.locator('.message').filter({ hasText: 'received' });
  const before = await answers.count();
  await page.getByTestId('text').fill(text);
  await page.getByTestId('text').press('Enter');
  await expectShown(answers.nth(before));
}

describe.each([
  { width: 1440, from: 'hyper-v01', to: 'hyper-v02' },
  { width: 390, from: 'hyper-v02', to: 'hyper-v03' },
])('Home alone, at $width px', ({ width, from, to }) => {
  const power = new RegExp(`${from} .*act as any user on ${to}`);

  it('approves the main job, and tells where it runs', async () => {
    await ask(`/delegate ${from} -> ${to} cifs,migration`);
    const approver = await homeOf('approver', width);
    const home = approver.getByTestId('home');
    await expectShown(home.getByText('Waiting for you · 1'));
    await expectShown(home.getByText(power).first());
    await expectShown(home.getByText(`Microsoft Virtual System Migration Service/${to}`).first());
    await home.getByRole('button', { name: 'Approve', exact: true }).click();
    await approver.getByTestId('confirm').click();
    await expectShown(home.getByText('Your approval is recorded.'));
    expect(await home.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    const requester = await browser.openAs({ pageUrl: practice.slack.pageUrl, as: 'requester', width });
    await expectShown(
      requester
        .getByTestId('messages')
        .locator('.message')
        .filter({ hasText: power })
        .getByText('Done and proved')
        .first(),
    );
  });

  it('fits: nothing is wider than the window', async () => {
    const approver = await homeOf('approver', width);
    expect(await approver.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('offers the requester no approval, and a withdrawal that works', async () => {
    await ask(`/delegate ${to} -> ${from} cifs`);
    const requester = await homeOf('requester', width);
    const home = requester.getByTestId('home');
    await expectShown(home.getByText('Your requests · 1'));
    expect(await home.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    await home.getByRole('button', { name: 'Withdraw' }).click();
    await expectShown(home.getByText('Recorded.'));
    expect(await home.getByText('Your requests').count()).toBe(0);
  });
});

it('the browser complained of nothing', () => {
  expect(browser.complaints).toEqual([]);
});
