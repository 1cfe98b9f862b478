import type { Locator, Page } from 'playwright-core';
import type { LabClient } from '../slack/client';

/** How a drain is watched: by whom it is approved, on which pages it has to be seen, and what is done at each of its frames. */
export interface Watched {
  readonly client: LabClient;
  readonly host: string;
  readonly approver: Page;
  readonly pages: readonly Page[];
  readonly frame: (name: 'card' | 'moving' | 'safe') => Promise<void>;
}

/** Seconds of the fabric in one, so that bars can be seen to fill. */
const PACE = 2;

/** Empties a host and waits on every page for what there is to see: the card that waits, the bars, and that the host is safe to service. */
export async function watchDrain({ client, host, approver, pages, frame }: Watched): Promise<void> {
  await client.post('/_lab/fabric', { action: 'time-scale', scale: PACE });
  await client.command({ user: 'requester', channel: 'hyper-v', text: `/drain ${host}` });
  const all = async (says: RegExp): Promise<void> => {
    await Promise.all(pages.map((page) => shown(cardSaying(page, says))));
  };
  await all(new RegExp(`${host} will be emptied`));
  const waiting = cardSaying(approver, new RegExp(`${host} will be emptied`));
  const approve = waiting.getByRole('button', { name: 'Approve', exact: true });
  await approve.waitFor();
  await frame('card');
  await approve.click();
  await approver.getByTestId('confirm').click();
  // One is there, others are on their way.
  await all(/▰+▱* \d+ % {3}[1-9]/);
  await frame('moving');
  await all(/Safe to service/);
  await frame('safe');
}

/** The newest message that says it. */
function cardSaying(page: Page, says: RegExp): Locator {
  return page.getByTestId('messages').locator('.message').filter({ hasText: says }).last();
}

async function shown(card: Locator): Promise<void> {
  await card.waitFor({ timeout: 120_000 });
  await card.scrollIntoViewIfNeeded();
}
