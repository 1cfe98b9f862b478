import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { fqdnOf, migrationService } from '../../lab/directory/names';
import { startPractice, type Practice } from '../../lab/practice';
import { labClient } from '../../lab/slack/client';
import { expectShown, startBrowser, type TestBrowser } from '../support/browser';
import { scratchDirectory } from '../support/scratch';

const WEB_01 = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';

let practice: Practice;
let browser: TestBrowser;

beforeAll(async () => {
  const directory = join(await scratchDirectory(), 'fabric');
  const plain = { port: 0, decideSeconds: 3600, isSimulated: true, redisUrl: '', say: () => undefined };
  [practice, browser] = await Promise.all([
    startPractice({ ...plain, directory, timeScale: 1 }),
    startBrowser(),
  ]);
});
afterEach(() => browser.closeTabs());
afterAll(async () => {
  await browser.close();
  await practice.stop();
});

async function open(width: number): Promise<Page> {
  const page = await browser.openAs({ pageUrl: practice.slack.pageUrl, as: 'requester', width });
  const openDomain = page.getByTestId('open-domain');
  if (await openDomain.isVisible()) await openDomain.click();
  return page;
}

function lab(path: string, body: object): Promise<{ readonly [name: string]: unknown }> {
  return labClient({ url: practice.slack.url, labToken: practice.file.labToken }).post(path, body);
}

/** Orders a move as Move-VM does; it comes back when the move is over. */
function move(machine: string, from: string, to: string): Promise<unknown> {
  return lab('/_lab/hyperv', { do: 'move', machine, from, to, storage: null }).catch(String);
}

/** Orders a move of all files as Move-VMStorage does. */
function moveFiles(machine: string, host: string, path: string): Promise<unknown> {
  const storage = { path, only: null };
  return lab('/_lab/hyperv', { do: 'move', machine, from: host, to: host, storage });
}

const delegate = (from: string, to: string): Promise<void> => {
  const services = [to, fqdnOf(to)].map((name) => `${migrationService}/${name}`);
  return practice.directory.editDelegation(from, { add: [`cifs/${to}`, ...services] });
};

it.each([
  { width: 1440, from: 'hyper-v01', to: 'hyper-v02', filesAt: 'hyper-v04', free: 3_800 },
  { width: 390, from: 'hyper-v02', to: 'hyper-v01', filesAt: 'hyper-v03', free: 2_000 },
])(
  'hosts, moves and faults at $width px',
  async ({ width, from, to, filesAt, free }) => {
    const page = await open(width);
    const host = (name: string) => page.getByTestId(`fabric-${name}`);
    const purge = page.getByTestId(`purge-host-${from}`);
    await expectShown(host('hyper-v04').getByRole('img', { name: /runs sql-07, test-01/ }));

    // The source remembers a refusal until somebody lets it forget.
    await move(WEB_01, from, to);
    await expectShown(host(from).getByText(/was refused cifs\//));
    await delegate(from, to);
    await purge.click();
    await purge.waitFor({ state: 'detached' });

    await page.getByTestId('spoil').locator('summary').click();
    await page.getByTestId('spoil-vm').selectOption(WEB_01);
    await page.getByTestId('spoil-fault').selectOption('halfway');
    await page.getByTestId('spoil-send').click();
    const spoiled = move(WEB_01, from, to);
    await expectShown(page.getByTestId('moves').getByRole('progressbar').first());
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await expectShown(page.getByTestId('moves').getByText('failed at 50 %').first());
    await spoiled;
    await move(WEB_01, from, to);
    await expectShown(page.getByTestId('moves').locator('li').first().getByText('there'));
    await expectShown(host(to).getByRole('img', { name: /runs .*web-01/ }));

    // Files move from one volume of a host to another one, and what is free follows.
    const wish = { action: 'add', vm: `log-${width}`, host: filesAt, localGigabytes: 1 };
    const added = await lab('/_lab/fabric', wish);
    const room = (d: number, e: number): string => `Free: D:\\ ${d} of 4000 GB · E:\\ ${e} of 1000 GB`;
    await expectShown(host(filesAt).getByText(room(free - 1, 950)));
    await moveFiles(String(added['id']), filesAt, 'E:\\VMs');
    await expectShown(page.getByTestId('moves').getByText(`its disks at ${filesAt} → E:\\VMs: there`));
    await expectShown(host(filesAt).getByText(room(free, 949)));

    // What a broken move has left is shown, and goes.
    const remove = page.getByTestId('remove-copy-hyper-v03');
    await delegate(to, 'hyper-v03');
    await lab('/_lab/fabric', { action: 'spoil', vm: WEB_01, fault: 'both-sides' });
    await move(WEB_01, to, 'hyper-v03');
    await expectShown(host('hyper-v03').getByText('web-01 is here a second time, off'));
    await remove.click();
    await remove.waitFor({ state: 'detached' });
    const halfMade = move(WEB_01, to, 'hyper-v03');
    await expectShown(page.getByTestId('moves').getByRole('progressbar').first());
    await page.getByTestId('down-host-hyper-v03').click();
    await expectShown(host('hyper-v03').getByText('web-01 was left half made here'));
    await halfMade;
    await page.getByTestId('up-running-hyper-v03').click();
    await remove.click();
    await remove.waitFor({ state: 'detached' });

    await page.getByTestId('down-host-hyper-v03').click();
    await expectShown(host('hyper-v03').getByText('down', { exact: true }));
    await page.getByTestId('up-stopped-hyper-v03').click();
    await expectShown(host('hyper-v03').getByText('Hyper-V did not come up'));
    await page.getByTestId('up-running-hyper-v03').click();
    await expectShown(host('hyper-v03').getByText('up', { exact: true }));
    expect(browser.complaints).toEqual([]);
  },
  90_000,
);
