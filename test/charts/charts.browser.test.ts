import { afterEach, describe, expect, it } from 'vitest';
import { tableFromArrays } from '@uwdata/flechette';
import { bars, channelColors, palette, trend } from '../../src/charts';

const weeks = Array.from({ length: 12 }, (_, i) => {
  const week = new Date(Date.UTC(2026, 0, 5 + 7 * i));
  return ['search', 'social'].map((channel, k) => ({ week, channel, roas: 2 + k + i / 10, low: 1.5 + k, high: 4 + k }));
}).flat();
const search = weeks.filter((row) => row.channel === 'search');

function show(chart: Element): Element {
  document.body.append(chart);
  return chart;
}
const fills = (root: Element, selector: string): string[] =>
  [...root.querySelectorAll(selector)].map((node) => getComputedStyle(node).fill);

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.style.cssText = '';
});

describe('trend', () => {
  const options = {
    x: 'week',
    y: 'roas',
    lower: 'low',
    upper: 'high',
    title: 'Search pays',
    caption: '12 weeks, January to March 2026',
  };

  it('draws line, band, last value, title, caption and a text alternative', () => {
    const chart = show(trend(search, options));
    expect(chart.querySelector('h2')?.textContent).toBe('Search pays');
    expect(chart.querySelector('figcaption')?.textContent).toBe('12 weeks, January to March 2026');
    expect(chart.querySelector('svg[aria-label="Search pays. 12 weeks, January to March 2026"]')).not.toBeNull();
    expect(chart.querySelectorAll('[aria-label="area"] path')).toHaveLength(1);
    expect(chart.querySelectorAll('[aria-label="line"] path')).toHaveLength(1);
    expect(chart.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(1);
  });

  it('tells value and interval in its tip, written as on the axis', async () => {
    const chart = show(trend(search, { ...options, yFormat: '.1f', yLabel: 'ROAS (€ per €)' }));
    const svg = chart.querySelector<SVGSVGElement>('svg[viewBox]')!;
    const box = svg.getBoundingClientRect();
    const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, pointerType: 'mouse' };
    svg.dispatchEvent(new PointerEvent('pointerenter', at));
    svg.dispatchEvent(new PointerEvent('pointermove', at));
    const tip = () => chart.querySelector('[aria-label="tip"]')?.textContent ?? '';
    await expect.poll(tip).toMatch(/ROAS \(€ per €\)\s*\d+\.\d(?!\d)/);
    expect(tip()).toMatch(/lower\s*\d+\.\d(?!\d)/);
    expect(tip()).toMatch(/upper\s*\d+\.\d(?!\d)/);
  });

  it('names each line at its end in its own colour, which other channels do not move', () => {
    const colors = channelColors(['display', 'social', 'search']);
    const chart = show(trend(weeks, { ...options, series: 'channel', colors }));
    const labels = [...chart.querySelectorAll('[aria-label="text"] text')];
    expect(labels.map((label) => label.textContent).toSorted()).toEqual(['search', 'social']);
    for (const label of labels) expect(label.getAttribute('fill')).toBe(colors.of(label.textContent!));
    expect(colors.of('search')).toBe(palette[2]);
  });

  it('follows the page’s tokens without being drawn again, and stands without them', () => {
    const chart = show(trend(search, options));
    const last = '[aria-label="dot"] circle, [aria-label="dot"]';
    expect(fills(chart, last).at(-1)).toBe('rgb(180, 83, 26)');
    document.documentElement.style.setProperty('--crust', '#E58A4B');
    expect(fills(chart, last).at(-1)).toBe('rgb(229, 138, 75)');
  });

  it('reads a table as it reads objects', () => {
    const table = tableFromArrays({ week: search.map((row) => row.week), roas: search.map((row) => row.roas) });
    const [fromTable, fromRows] = [table, search].map((rows) =>
      trend(rows as never, { x: 'week', y: 'roas' })
        .querySelector('[aria-label="line"] path')!
        .getAttribute('d'),
    );
    expect(fromTable).toBe(fromRows);
  });

  it('draws nothing, and does not fail, without rows', () => {
    expect(show(trend([], options)).querySelectorAll('[aria-label="dot"] circle')).toHaveLength(0);
  });
});

describe('bars', () => {
  const rows = [
    { channel: 'display', roas: 0.6, low: 0.2, high: 1 },
    { channel: 'search', roas: 3.6, low: 3, high: 4.2 },
  ];

  it('stand on zero, largest first, with intervals and a level to compare with', () => {
    const reference = { value: 1.75, label: 'break-even' };
    const chart = show(bars(rows, { x: 'roas', y: 'channel', lower: 'low', upper: 'high', reference, title: 'ROAS' }));
    const [first, second] = [...chart.querySelectorAll('[aria-label="bar"] rect')];
    expect(Number(first!.getAttribute('x'))).toBe(Number(second!.getAttribute('x')));
    expect(Number(first!.getAttribute('y'))).toBeGreaterThan(Number(second!.getAttribute('y')));
    expect(Number(second!.getAttribute('width'))).toBeGreaterThan(Number(first!.getAttribute('width')) * 5);
    expect(chart.textContent).toContain('break-even');
  });
});

describe('channelColors', () => {
  it('refuses more than eight', () => {
    expect(() => channelColors('abcdefghi')).toThrow('Colour can tell 8 series apart; there are 9.');
  });

  it('stays 3:1 on paper in its light values', () => {
    const light = (hex: string): number => {
      const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
      const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    for (const token of palette) {
      const hex = /#[0-9A-F]{6}/.exec(token)![0];
      expect((light('#FAF7F2') + 0.05) / (light(hex) + 0.05), hex).toBeGreaterThan(3);
    }
  });
});
