import { expect } from '@playwright/test';
import { ALL_LOOKS, axeFindings } from '../tools/axe';
import { NotebookPage, test } from '../tools/notebook-page';

// It is offered to those who have no notebook yet.
test.use({ fresh: true });

test('a newcomer is offered a tour of the sample, goes through it by keyboard, and may end it or take it again', async ({
  page,
  site,
}) => {
  const notebook = new NotebookPage(page);
  await notebook.goto(site.url);
  await page.getByRole('button', { name: 'New here? Look round in five steps' }).click();
  const tour = page.getByRole('dialog', { name: 'Look round' });
  const marked = page.locator('[data-toured]');
  await expect(tour).toContainText('1 of 5');
  await expect(tour.getByRole('button', { name: 'Next' })).toBeFocused();
  await expect(tour.getByRole('button', { name: 'Back' })).toHaveCount(0);
  await expect(marked).toHaveClass(/\bcell\b/);
  // The sample runs meanwhile; its files are there to be shown.
  await expect(page.locator('section.cell.ok').nth(3)).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Enter');
  await expect(tour).toContainText('Your files become tables');
  await expect(marked).toHaveText('Data');
  await expect(marked).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(marked).toHaveAccessibleName(/Run all|Stop/);
  await page.keyboard.press('Enter');
  await expect(marked).toContainText('Commands');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(tour).toContainText('3 of 5');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(marked).toContainText('Share');
  expect(await axeFindings(page, ALL_LOOKS, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(tour).toHaveCount(0);
  await expect(marked).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('look round');
  await page.keyboard.press('Enter');
  await expect(tour).toContainText('1 of 5');
  await page.keyboard.press('Escape');
  await expect(tour).toHaveCount(0);

  await notebook.goHome();
  await expect(page.getByRole('button', { name: /Try the sample bakery/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /New here/ })).toHaveCount(0);
});
