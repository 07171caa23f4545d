import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/base.css';
import Prose from '../../src/ui/Prose.svelte';

async function prose(parts: readonly (string | object)[], values: { text: string }[] = []) {
  const { container } = await render(Prose, { parts, values });
  await expect.poll(() => container.querySelector('.raw')).toBeNull();
  return container.querySelector<HTMLElement>('.text')!;
}

describe('prose', () => {
  it('is Markdown, with values in their places as plain text', async () => {
    const text = await prose(
      ['# Week\n\nROAS **', { expression: 'roas' }, '** and `', { expression: 'x' }, '`'],
      [{ text: '2.1' }, { text: '<img src=x onerror=alert(1)>' }],
    );
    expect(text.querySelector('h1')?.textContent).toBe('Week');
    expect(text.querySelector('strong')?.textContent).toBe('2.1');
    expect(text.querySelector('code')?.textContent).toBe('<img src=x onerror=alert(1)>');
    expect(text.querySelector('img')).toBeNull();
  });

  it('lets a formula draw nothing beyond its own box', async () => {
    const below = document.createElement('p');
    below.textContent = 'What stands around the text';
    below.style.cssText = 'position: fixed; inset: 0 auto auto 0; width: 200px; height: 200px';
    document.body.append(below);
    const text = await prose([
      '$\\kern-20em\\kern-5em\\rlap{\\raisebox{18em}{\\rule{20em}{20em}}}\\rlap{\\raisebox{30em}{\\colorbox{lime}{\\text{Signed}}}}$ and $a^2$',
    ]);
    await expect.poll(() => text.querySelectorAll('.math .katex').length).toBe(2);
    const [large, small] = text.querySelectorAll('.math');
    const box = large!.getBoundingClientRect();
    // Lay the text where what it draws beyond its box would cover the other.
    text.style.cssText = 'position: fixed; left: 300px; top: 100px; width: 300px';
    for (let x = 5; x < 200; x += 15) {
      for (let y = 5; y < 200; y += 15) expect(large!.contains(document.elementFromPoint(x, y))).toBe(false);
    }
    expect(box.width).toBeLessThanOrEqual(text.getBoundingClientRect().width + 1);
    // One in a line stands on the line.
    expect(small!.getBoundingClientRect().height).toBeLessThan(40);
    below.remove();
  });

  it('leaves as it is written what is nested thousands of times, and what no formula can be', async () => {
    const { container } = await render(Prose, { parts: ['>'.repeat(20_000)] });
    await new Promise((next) => setTimeout(next, 300));
    expect(container.textContent).toContain('>>>>');
    const text = await prose([`a $$ ${' '.repeat(100_000)}x, $${'x'.repeat(60_000)}$ and $$ $$`]);
    expect(text.querySelectorAll('.math')).toHaveLength(0);
  });

  it('holds no address that a browser would follow or fetch, and no script, style or form', async () => {
    const text = await prose([
      [
        '[a](https://example.org/a) <https://example.org/b> [j](javascript:alert(1)) [d](data:text/html,x)',
        '![pixel](https://example.org/p.png) ![here](data:image/png;base64,iVBORw0KGgo=) ![svg](data:image/svg+xml;base64,PHN2Zy8+)',
        '<script>window.__prose = 1</script><img src=x onerror="window.__prose = 1"><svg onload="window.__prose = 1"></svg>',
        '<style>body { display: none }</style><p style="position:fixed">s</p><form action="https://example.org"><input name=a><button>b</button></form>',
        '<a href="https://example.org/c" data-address="javascript:alert(1)" ping="https://example.org/d" class="button">c</a>',
        '<link rel=prefetch href="https://example.org"><base href="https://example.org"><meta http-equiv=refresh content="0;url=https://example.org">',
        '<iframe srcdoc="x"></iframe><object data=x></object><video src="https://example.org/v"></video><math><mtext><table><mglyph><style><img src=x onerror="window.__prose = 1">',
      ].join('\n\n'),
    ]);
    expect(
      text.querySelectorAll('script, style, svg, form, input, iframe, object, video, link, base, meta, math'),
    ).toHaveLength(0);
    for (const element of text.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^(href|style|ping|action|srcset|srcdoc|poster|on.*)$/);
        if (name === 'src') expect(value).toMatch(/^data:image\/png;base64,/);
        if (name === 'data-address') expect(value).toMatch(/^https:/);
      }
    }
    expect((window as { __prose?: number }).__prose).toBeUndefined();
    expect(getComputedStyle(document.body).display).not.toBe('none');
  });

  it('shows where a link leads and asks before it opens a tab that knows nothing of this one', async () => {
    const opened: unknown[][] = [];
    const open = window.open;
    window.open = (...given: unknown[]) => {
      opened.push(given);
      return null;
    };
    try {
      await prose(['See [the source](https://example.org/?q=secret).']);
      await page.getByRole('button', { name: 'the source' }).click();
      expect(opened).toHaveLength(0);
      await expect.element(page.getByText('https://example.org/?q=secret')).toBeVisible();
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(opened).toHaveLength(0);
      await page.getByRole('button', { name: 'the source' }).click();
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      expect(opened).toEqual([['https://example.org/?q=secret', '_blank', 'noopener,noreferrer']]);
    } finally {
      window.open = open;
    }
  });
});
