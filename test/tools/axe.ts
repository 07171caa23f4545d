import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const WIDE: Size = { width: 1280, height: 860 };
export const NARROW: Size = { width: 390, height: 800 };

/** A width of the window and a colour scheme, together. */
export type Look = readonly [Size, 'light' | 'dark'];

export const ALL_LOOKS: readonly Look[] = [WIDE, NARROW].flatMap((size) => [[size, 'light'] as Look, [size, 'dark']]);
export const WIDE_LOOKS = ALL_LOOKS.filter(([size]) => size === WIDE);

/** Gives the page a look, and waits until all of it has it. */
export async function putOn(page: Page, [size, colorScheme]: Look): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  // Between two colours neither is there.
  await page.evaluate(async () => {
    for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0)));
  });
}

/**
 * What axe finds on a page, or in the part of it that a selector names, one line for each element and look. The page is
 * wide again afterwards.
 */
export async function axeFindings(page: Page, looks: readonly Look[] = WIDE_LOOKS, within?: string): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    const [size, colorScheme] = look;
    await putOn(page, look);
    // What passes is listed by nobody, and would take as long again.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    const { violations } = await (within ? axe.include(within) : axe).analyze();
    for (const { id, nodes } of violations) {
      for (const node of nodes) {
        const why = node.any[0]?.message ?? '';
        found.push(`${colorScheme}, ${size.width} px: ${id} ${node.target.join(' ')}: ${why}`);
      }
    }
  }
  await page.setViewportSize(WIDE);
  return found;
}
