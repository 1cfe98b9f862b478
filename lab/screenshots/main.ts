import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startPractice, type Practice } from '../practice';
import { repositoryRoot } from '../repository';
import { openAs, openBrowser } from './browser';
import { labClient, type LabClient } from '../slack/client';
import { watchDrain } from './drain';
import { playForm } from './form';

const folder = join(repositoryRoot, 'docs', 'images');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run screenshots`: plays the main job on the practice domain and takes the pictures of README and docs. */
async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const directory = join(repositoryRoot, 'lab', '.run', 'screenshots');
  const practice = await startPractice({
    directory,
    port: 0,
    decideSeconds: 3600,
    say,
    isSimulated: false,
    redisUrl: '',
  });
  try {
    const browser = await openBrowser();
    try {
      await play(browser, practice);
    } finally {
      await browser.close();
    }
  } finally {
    await practice.stop();
  }
}

async function play(browser: Browser, { slack, file }: Practice): Promise<void> {
  const { pageUrl } = slack;
  const wide = { pageUrl, width: 1440 };
  const requester = await openAs(browser, { ...wide, as: 'requester' });
  const approver = await openAs(browser, { ...wide, as: 'approver' });
  const phone = await openAs(browser, { pageUrl, as: 'oncall', width: 390, height: 844, scheme: 'dark' });
  await requester.getByTestId('verdict').or(requester.getByText('Choose a cell')).waitFor();
  await requester.getByTestId('pair-hyper-v01-hyper-v02').click();
  await take(requester, 'start');
  await requester.getByTestId('fill-example').click();
  await requester.getByTestId('send').click();
  const approve = approver.getByRole('button', { name: 'Approve', exact: true });
  await approve.waitFor();
  await approver.getByTestId('pair-hyper-v01-hyper-v02').click();
  await take(approver, 'card');
  await phone.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  await take(phone, 'phone');
  await approver.getByRole('button', { name: 'Deny…' }).click();
  await approver.getByTestId('submit').waitFor();
  await take(approver, 'deny');
  await approver.keyboard.press('Escape');
  await takeHomes(browser, pageUrl);
  await approve.click();
  await approver.getByTestId('confirm').click();
  await approver.getByText('Done and proved').first().waitFor();
  await approver.getByTestId('verdict').getByText('granted').waitFor();
  await take(approver, 'granted');
  await approver.getByTestId('open-thread').first().click();
  await approver.getByTestId('replies').getByText('Done and proved').last().waitFor();
  await take(approver, 'thread');
  await requester.getByTestId('text').fill('/delegate hyper-v01 -> hyper-v05 cifs');
  await requester.getByTestId('send').click();
  await requester.locator('.message').last().getByText('Nothing was changed').first().waitFor();
  await take(requester, 'refused');
  const names = { opened: 'form', checked: 'form-names', review: 'form-review', plan: 'form-plan' };
  await playForm(requester, { from: 'hyper-v02', to: 'hyper-v01', names, take });
  const small = Object.fromEntries(Object.entries(names).map(([step, name]) => [step, `phone-${name}`]));
  await playForm(phone, { from: 'hyper-v01', to: 'hyper-v03', names: { ...names, ...small }, take });
  await phone.getByTestId('open-domain').click();
  await phone.getByTestId('verdict').waitFor();
  await take(phone, 'phone-domain');
  await phone.context().close();
  await takeDrain(browser, pageUrl, labClient({ url: slack.url, labToken: file.labToken }));
}

/** A host is emptied, with the hosts beside it, and on a phone. */
async function takeDrain(browser: Browser, pageUrl: string, client: LabClient): Promise<void> {
  const approver = await openAs(browser, { pageUrl, as: 'approver', width: 1440, height: 1200 });
  const phone = await openAs(browser, { pageUrl, as: 'oncall', width: 390, height: 844, scheme: 'dark' });
  await watchDrain({
    client,
    host: 'hyper-v01',
    approver,
    pages: [approver, phone],
    async frame(name) {
      await approver.getByTestId('fabric-hyper-v01').scrollIntoViewIfNeeded();
      await take(approver, `drain-${name}`);
      await take(phone, `phone-drain-${name}`);
    },
  });
}

/** Home of an approver, for whom something waits, at both widths. */
async function takeHomes(browser: Browser, pageUrl: string): Promise<void> {
  const small = { width: 390, height: 844, scheme: 'dark' as const };
  for (const [name, size] of [['home', { width: 1440 }] as const, ['home-phone', small] as const]) {
    const page = await openAs(browser, { pageUrl, as: 'approver', ...size });
    if (size.width < 800) await page.getByRole('button', { name: 'Channels' }).click();
    await page.getByTestId('place-Handover').click();
    await page.getByTestId('tab-home').click();
    await page.getByTestId('home').getByText('All findings').waitFor();
    await take(page, name);
    await page.context().close();
  }
}

async function take(page: Page, name: string): Promise<void> {
  // The pointer would leave something highlighted.
  await page.mouse.move(0, 0);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  say(`docs/images/${name}.png`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
