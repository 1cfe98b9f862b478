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

const open = (as: string, width = 1440): Promise<Page> =>
  browser.openAs({ pageUrl: practice.slack.pageUrl, as, width });

/** The newest message for everybody that speaks of this pair. */
const cardOf = (page: Page, pair: string) =>
  page.getByTestId('messages').locator('.message:not(.ephemeral)').filter({ hasText: pair }).last();

/** The label of the request whose card speaks of this pair; what a card says of its pair changes with its state. */
async function labelOf(page: Page, pair: string): Promise<string> {
  const text = await cardOf(page, pair).textContent();
  return /R-\d+/.exec(text ?? '')?.[0] ?? 'no label';
}

async function send(page: Page, text: string): Promise<void> {
  await page.getByTestId('text').fill(text);
  await page.getByTestId('text').press('Enter');
}

async function approve(page: Page, pair: string): Promise<void> {
  await cardOf(page, pair).getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByTestId('confirm').click();
}

describe.each([
  { width: 1440, from: 'hyper-v01', to: 'hyper-v02' },
  { width: 390, from: 'hyper-v02', to: 'hyper-v03' },
])('at $width px', ({ width, from, to }) => {
  const pair = `act as any user on ${to}`;
  const sentence = new RegExp(`${from} .*${pair}`);

  it('plays the main job, from the hint to the KDC’s changed word', async () => {
    const requester = await open('requester', width);
    const approver = await open('approver', width);
    await requester.getByTestId('text').pressSequentially('/del');
    await expectShown(requester.getByTestId('hints').getByRole('option').getByText('/delegate'));
    await requester.getByTestId('text').press('Tab');
    expect(await requester.getByTestId('text').inputValue()).toBe('/delegate ');
    await requester.getByTestId('text').pressSequentially(`${from} -> ${to} cifs,migration`);
    await requester.getByTestId('text').press('Enter');
    await expectShown(cardOf(approver, pair).getByText(sentence));

    await approve(approver, pair);

    await expectShown(cardOf(requester, pair).getByText('Done and proved'));
    const openDomain = requester.getByTestId('open-domain');
    if (await openDomain.isVisible()) await openDomain.click();
    await requester.getByTestId(`pair-${from}-${to}`).click();
    await expectShown(requester.getByTestId('verdict').getByText('granted'));
    expect(await requester.getByTestId('verdict').textContent()).toBe('KDC: refused → granted');
    expect(await requester.getByTestId(`pair-${to}-${from}`).getAttribute('aria-label')).toBe(
      `${to} to ${from}: cifs refused, migration not held`,
    );
  });

  it('fits: nothing is wider than the window', async () => {
    const page = await open('approver', width);
    await expectShown(cardOf(page, pair));
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await cardOf(page, pair).getByTestId('open-thread').click();
    await expectShown(page.getByTestId('replies').getByText('Done and proved').last());
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByTestId('thread').waitFor({ state: 'hidden' });
  });

  it('refuses the second person’s click in words that only they see', async () => {
    const [requester, oncall] = [await open('requester', width), await open('oncall', width)];
    const other = 'act as any user on hyper-v04';
    await send(requester, `/delegate ${from} -> hyper-v04 cifs`);
    await approve(requester, other);
    const told = requester.locator('.ephemeral').filter({ hasText: 'yourself' }).first();
    await expectShown(told.getByText('Only visible to you'));
    await approve(oncall, other);
    await expectShown(oncall.locator('.ephemeral').filter({ hasText: 'approve' }).first());
    expect(await oncall.locator('.ephemeral').filter({ hasText: 'yourself' }).count()).toBe(0);
    const label = await labelOf(requester, other);
    await cardOf(requester, label).getByRole('button', { name: 'Withdraw' }).click();
    await expectShown(cardOf(oncall, label).getByText('Withdrawn').first());
    expect(await cardOf(oncall, label).getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
  });

  it('denies with a reason, which the form insists on', async () => {
    const [requester, approver] = [await open('requester', width), await open('approver', width)];
    const back = `act as any user on ${from}`;
    await send(requester, `/delegate ${to} -> ${from} cifs`);
    await cardOf(approver, back).getByRole('button', { name: 'Deny…' }).click();
    const label = await labelOf(approver, back);
    await approver.getByTestId('submit').click();
    await expectShown(approver.getByTestId('modal').locator('.input .error'));
    expect(
      await approver.getByTestId('modal').locator('textarea').getAttribute('aria-invalid'),
    ).not.toBeNull();
    await approver.getByTestId('modal').locator('textarea').fill('Not before the patch night.');
    await approver.getByTestId('submit').click();
    await approver.getByTestId('modal').waitFor({ state: 'hidden' });
    await expectShown(cardOf(requester, label).getByText('Reason: Not before the patch night.'));
    await expectShown(cardOf(requester, label).getByText('Nothing was changed').first());
  });
});

describe('the Domain panel', () => {
  it('lets another administrator edit, and the waiting plan is void', async () => {
    const [requester, approver] = [await open('requester'), await open('approver')];
    const pair = 'act as any user on hyper-v01';
    await send(requester, '/delegate hyper-v04 -> hyper-v01 cifs,migration');
    await expectShown(cardOf(approver, pair).getByRole('button', { name: 'Approve', exact: true }));
    await requester.getByTestId('other-admin').locator('summary').click();
    await requester.getByTestId('edit-host').selectOption('hyper-v04');
    await requester.getByTestId('edit-to').selectOption('hyper-v01');
    await requester.getByTestId('edit-send').click();
    await expectShown(requester.getByTestId('pair-hyper-v04-hyper-v01').getByText('✓ cifs'));

    await approve(approver, pair);

    await expectShown(cardOf(requester, pair).getByText('Plan 1 no longer held').first());
    await expectShown(cardOf(requester, pair).getByText('Nothing was changed').first());
  });

  it('says so when an edit is refused', async () => {
    const page = await open('requester');
    await page.getByTestId('other-admin').locator('summary').click();
    await page.getByTestId('edit-host').selectOption('hyper-v03');
    await page.getByTestId('edit-action').selectOption('delete');
    await page.getByTestId('edit-to').selectOption('hyper-v01');
    await page.getByTestId('edit-send').click();
    await expectShown(page.getByText('hyper-v03 does not hold this. Nothing was changed.'));
  });

  it('lets another administrator do a person’s step, which the worker then sees', async () => {
    const [requester, approver] = [await open('requester'), await open('approver')];
    const pair = 'hyper-v-kerb will be able to act as any user on hyper-v02';
    await send(requester, '/delegate hyper-v-kerb -> hyper-v02');
    await expectShown(cardOf(approver, pair));
    const label = await labelOf(approver, pair);
    // A trust mode is a high risk: nobody approves it without typing the host's name, and nobody is asked twice.
    await cardOf(approver, pair).getByRole('button', { name: 'Approve…' }).click();
    await approver.getByTestId('modal').getByLabel('Which host?').fill('hyper-v-kerb');
    await approver.getByTestId('submit').click();
    await expectShown(cardOf(requester, label).getByText('Waiting for a person’s step'));
    await requester.getByTestId('other-admin').locator('summary').click();
    await requester.getByTestId('trust-host').selectOption('hyper-v-kerb');
    await requester.getByTestId('trust-send').click();
    await expectShown(cardOf(requester, label).getByText('Done and proved'));
  });

  it('labels the hosts that are wrong on purpose', async () => {
    const page = await open('requester');
    await page.getByTestId('decoys').locator('summary').click();
    await expectShown(page.getByTestId('decoys').getByText('Tier 0: adminCount is set'));
    await expectShown(page.getByTestId('decoys').getByText('Trusted for unconstrained delegation'));
  });
});

it('the browser complained of nothing', () => {
  expect(browser.complaints).toEqual([]);
});
