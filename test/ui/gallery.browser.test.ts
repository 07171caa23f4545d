import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/base.css';
import Shell from '../../src/ui/gallery/Shell.svelte';

/** Of the empty page, the palette, the shortcuts, outline and graph, the tests of the page itself tell (e2e/accessibility). */
const VIEWS = ['', 'trust', 'import', 'confirm'];

afterEach(() => delete document.documentElement.dataset.theme);

describe('the gallery', () => {
  for (const theme of ['light', 'dark']) {
    for (const view of VIEWS) {
      it(`has no fault that axe finds: ${view || 'notebook'}, ${theme}`, async () => {
        await page.viewport(1280, 900);
        document.documentElement.dataset.theme = theme;
        document.documentElement.lang = 'en';
        document.title = 'Levain';
        const { container } = await render(Shell, { view });
        await expect.poll(() => container.querySelectorAll('.waiting, .raw').length).toBe(0);
        // Things that fade in would be measured half-way.
        await Promise.all(
          document
            .getAnimations()
            .map(
              (animation) =>
                animation.effect?.getTiming().iterations === Infinity || animation.finished.catch(() => {}),
            ),
        );
        const { violations } = await axe.run(document, {
          resultTypes: ['violations'],
          rules: { region: { enabled: false } },
        });
        expect(
          violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map((node) => `${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`).join('\n')}`,
          ),
        ).toEqual([]);
      });
    }
  }

  it('finds and runs a command by keyboard', async () => {
    await render(Shell, { view: 'palette' });
    await userEvent.keyboard('dark{Enter}');
    await expect.element(page.getByText('Dark', { exact: true })).toBeVisible();
    await expect.element(page.getByRole('combobox', { name: 'Search commands' })).not.toBeInTheDocument();
  });

  it('opens the editor on Enter, keeps what is typed, and leaves it on Escape', async () => {
    const { container } = await render(Shell, { view: '' });
    const source = page.getByRole('textbox', { name: 'Source of weekly' });
    (source.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => container.querySelector('#failing .cm-editor.cm-focused')).not.toBeNull();
    expect(container.querySelector('#failing .cm-lintRange-error')?.textContent).toBe('revenu');
    await userEvent.keyboard('{Control>}{End}{/Control} -- end{Escape}');
    await expect.poll(() => container.querySelector('#failing .cm-editor')).toBeNull();
    expect(container.querySelector('#failing pre')?.textContent).toContain('GROUP BY week -- end');
  });

  it('fits a narrow page: nothing is wider than the screen', async () => {
    await page.viewport(390, 844);
    for (const view of ['', 'empty', 'trust', 'import']) {
      const { unmount } = await render(Shell, { view });
      await expect.poll(() => document.querySelectorAll('.waiting, .raw').length).toBe(0);
      expect(document.documentElement.scrollWidth, view).toBeLessThanOrEqual(390);
      await unmount();
    }
  });
});
