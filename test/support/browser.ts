import type { Browser, Locator, Page } from 'playwright-core';
import { openAs, openBrowser, type Looking } from '../../lab/screenshots/browser';

/** A browser for one test file, in which whatever a page complains of is kept. */
export interface TestBrowser {
  openAs(looking: Looking): Promise<Page>;
  /** A tab in a profile that knows nothing, as when somebody follows the printed address. */
  follow(address: string): Promise<Page>;
  /** Script errors, refused scripts and styles, failed requests: a page that works has none. */
  readonly complaints: readonly string[];
  /** Closes every tab: one that stays open reads what comes in, in its person's name. */
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

/** Starts Chromium; a machine without it fails here. */
export async function startBrowser(): Promise<TestBrowser> {
  const browser: Browser = await openBrowser();
  const complaints: string[] = [];
  const watched = (page: Page): Page => {
    // Shorter than a test's own time, so that a failure names what was not there.
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    return page;
  };
  return {
    complaints,
    openAs: async (looking) => watched(await openAs(browser, looking)),
    async follow(address) {
      const page = watched(await (await browser.newContext()).newPage());
      await page.goto(address);
      return page;
    },
    async closeTabs() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: () => browser.close(),
  };
}

/** Waits until the element is there to be seen; fails by name when it does not come. */
export function expectShown(element: Locator): Promise<void> {
  return element.waitFor();
}
