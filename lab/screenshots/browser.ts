import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../chromium';
import { tokenCookie } from '../slack/gate';

/** Starts the machine's own Chromium without a window and without calls home; it ends with `close`. Throws MissingPartError. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Chromium's sandbox does not run as root, and it sees only pages that we serve.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--force-color-profile=srgb',
    ],
  });
}

/** How one person looks at the practice domain. */
export interface Looking {
  /** The address with the lab token, as `npm run lab` prints it. */
  readonly pageUrl: string;
  /** A role, such as `requester`. */
  readonly as: string;
  readonly width: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
}

/**
 * Opens the page as this person, in a browser profile of their own. Resolves when the first messages or the welcome stand there.
 * The profile has the token's cookie from the start: by the printed address the page would be loaded twice, and Chromium starts a process each time.
 */
export async function openAs(browser: Browser, looking: Looking): Promise<Page> {
  const { pageUrl, as, width, height = 900, scheme = 'light' } = looking;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const { origin, searchParams } = new URL(pageUrl);
  const value = encodeURIComponent(searchParams.get('token') ?? '');
  await context.addCookies([{ name: tokenCookie, value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  await page.goto(new URL(`/?as=${as}`, pageUrl).href);
  await page.getByTestId('messages').locator('.message, .welcome').first().waitFor();
  return page;
}
