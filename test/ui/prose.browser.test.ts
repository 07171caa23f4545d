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
