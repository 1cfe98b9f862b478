import { join } from 'node:path';
import { startPractice, type Practice } from '../../lab/practice';
import { watchDrain } from '../../lab/screenshots/drain';
import { labClient } from '../../lab/slack/client';
import { expectShown, startBrowser, type TestBrowser } from '../support/browser';
import { scratchDirectory } from '../support/scratch';

let practice: Practice;
let browser: TestBrowser;

beforeAll(async () => {
  const directory = join(await scratchDirectory(), 'drain');
  const plain = { port: 0, decideSeconds: 3600, isSimulated: true, redisUrl: '', say: () => undefined };
  [practice, browser] = await Promise.all([startPractice({ ...plain, directory }), startBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await practice.stop();
});

it('a drain is watched at 1440 and at 390 px, beside the hosts: waiting, with bars, and safe to service', async () => {
  const { pageUrl, url } = practice.slack;
  const approver = await browser.openAs({ pageUrl, as: 'approver', width: 1440 });
  const phone = await browser.openAs({ pageUrl, as: 'oncall', width: 390 });
  const client = labClient({ url, labToken: practice.file.labToken });
  const host = approver.getByTestId('fabric-hyper-v01');
  const runs = (names: RegExp) => host.getByRole('img', { name: names });
  const frames: string[] = [];
  await watchDrain({
    client,
    host: 'hyper-v01',
    approver,
    pages: [approver, phone],
    async frame(name) {
      frames.push(name);
      for (const page of [approver, phone])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      if (name === 'card') await expectShown(runs(/runs web-01, web-02, app-01, sql-01/));
      if (name === 'moving') await expectShown(approver.getByTestId('moves').getByText('there').first());
      if (name === 'safe') await expectShown(runs(/runs nothing/));
    },
  });
  expect(frames).toEqual(['card', 'moving', 'safe']);
  await phone.getByTestId('open-domain').click();
  await expectShown(phone.getByTestId('fabric-hyper-v01').getByRole('img', { name: /runs nothing/ }));
  expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(browser.complaints).toEqual([]);
}, 240_000);
