import type { Page } from 'playwright-core';

/** Takes one picture; names are those of `docs/images`. */
type Take = (page: Page, name: string) => Promise<void>;

/** The form of a delegation as a person fills it: from an incomplete command to the plan, and closed again. */
export async function playForm(
  page: Page,
  { from, to, names, take }: { from: string; to: string; names: Readonly<Record<Step, string>>; take: Take },
): Promise<void> {
  await page.getByTestId('text').fill(`/delegate ${from}`);
  await page.getByTestId('send').click();
  await page.locator(`button[data-action="form.open"][data-value="/delegate ${from}"]`).click();
  const modal = page.getByTestId('modal');
  const block = (id: string) => modal.locator(`[data-block^="form.delegation.${id}"]`);
  await modal.getByText(`${from} now: `).waitFor();
  await take(page, names.opened);
  await block('typed').locator('input').fill(`${to}; hyper; hyper-v33`);
  await modal.getByRole('button', { name: 'Check Names' }).click();
  const checked = modal.getByText(`✔ ${to}: found`);
  await checked.waitFor();
  await checked.scrollIntoViewIfNeeded();
  await take(page, names.checked);
  await block('typed').locator('input').fill('');
  await page.getByTestId('submit').click();
  await block('reason').locator('input').fill('Patch night');
  await take(page, names.review);
  await page.getByTestId('submit').click();
  await modal.getByText('would be able to act').waitFor();
  await take(page, names.plan);
  for (let step = STEPS; step > 0; step -= 1) {
    // A view closes when the lab has said so; a key that comes before closes nothing more.
    const shown = await modal.getAttribute('data-key');
    await page.keyboard.press('Escape');
    await page.locator(`[data-testid="modal"][data-key="${shown ?? ''}"]`).waitFor({ state: 'detached' });
  }
  await modal.waitFor({ state: 'hidden' });
}

type Step = 'opened' | 'checked' | 'review' | 'plan';

/** Views that lie on one another when the plan is shown. */
const STEPS = 3;
