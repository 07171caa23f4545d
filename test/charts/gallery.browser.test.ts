import { describe, expect, it } from 'vitest';
import { entries } from '../../src/charts/gallery/entries';

/** Plot counts its clip paths through a page's life, and rounds by the last bit of a double. */
function settled(chart: Element): string {
  let text = new XMLSerializer().serializeToString(chart).replace(/plot-clip-\d+/g, 'plot-clip');
  text = text.replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
  return `${text.replaceAll('><', '>\n<')}\n`;
}

describe('the gallery of charts', () => {
  it('names every chart once', () => {
    const names = entries.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(entries)('draws $name as it was kept', async ({ name, draw }) => {
    await expect(settled(draw())).toMatchFileSnapshot(`goldens/${name}.svg`);
  });

  it.each(entries)('says in words what $name shows, and draws no NaN', ({ draw }) => {
    const chart = draw();
    expect(chart.querySelector('h2')?.textContent).toBeTruthy();
    expect(chart.querySelector('figcaption')?.textContent).toBeTruthy();
    expect(chart.querySelector('svg[aria-label]')?.getAttribute('aria-label')).toContain(
      chart.querySelector('h2')!.textContent!,
    );
    expect(new XMLSerializer().serializeToString(chart)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
