import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/base.css';
import type { CellOutput, InputValue, TreeElement, TreeNode } from '../../src/output/output';
import { chartOutput, errorOutput, errorSource, inputOutput, valueOutput } from '../../src/ui/gallery/sample-outputs';
import { orderColumns, sampleSource } from '../../src/ui/gallery/sample-source';
import { drawTree } from '../../src/ui/output/draw';
import { chartPng, chartSvg } from '../../src/ui/output/export-chart';
import { applyPatch } from '../../src/ui/output/surfaces';
import type { SurfacePointer } from '../../src/ui/output/pointer';
import OutputView from '../../src/ui/OutputView.svelte';

const gridSource = () => sampleSource(orderColumns, 10);
const show = (output: CellOutput, more: object = {}) => render(OutputView, { output, gridSource, ...more });
const tree = (root: TreeNode, surface?: string): CellOutput => ({
  outputs: [{ type: 'tree', root, ...(surface ? { surface } : {}) }],
  log: [],
});
const svg = (...children: TreeNode[]): TreeElement => ({
  tag: 'svg',
  attrs: { viewBox: '0 0 100 50', width: '100', height: '50' },
  children,
});

describe('a drawing', () => {
  it('keeps nothing that loads, links, runs or leaves its place', async () => {
    const hostile = svg(
      { tag: 'script', children: ['window.__ran = true'] },
      { tag: 'foreignObject', children: [{ tag: 'iframe', attrs: { src: 'https://example.org' } }] },
      { tag: 'image', attrs: { href: 'https://example.org/x.png' } },
      { tag: 'a', attrs: { href: 'https://example.org', onclick: 'window.__ran = true' }, children: ['x'] },
      {
        tag: 'rect',
        attrs: {
          fill: 'url(https://example.org/#a)',
          style: 'position: fixed; background: url(https://example.org)',
          onload: 'window.__ran = true',
          class: 'button primary',
        },
      },
      { tag: 'style', children: ['* { display: none }'] },
      { tag: 'use', attrs: { href: 'https://example.org/#a' } },
      { tag: 'text', attrs: { x: '1', y: '2' }, children: ['kept'] },
    );
    const { container } = await show(tree(hostile));
    const drawing = container.querySelector('.drawing')!;
    expect(drawing.querySelectorAll('script, foreignObject, iframe, style, use')).toHaveLength(0);
    expect(drawing.innerHTML).not.toMatch(/example\.org|onclick|onload|position|primary/);
    expect(drawing.querySelector('text')?.textContent).toBe('kept');
    expect((window as { __ran?: boolean }).__ran).toBeUndefined();
  });

  it('has a name for those who do not see it', async () => {
    await show(chartOutput);
    await expect.element(page.getByRole('img', { name: 'Search carries the growth; e-mail is flat' })).toBeVisible();
  });

  it('of many parts is built piece by piece, in their order, and at once for paper', async () => {
    const many = svg(...Array.from({ length: 12_000 }, (_, i): TreeNode => ({ tag: 'circle', attrs: { cx: `${i}` } })));
    const whole = drawTree(many) as Element;
    const { container, unmount } = await show(tree(many, 'many'));
    const drawing = container.querySelector<HTMLElement>('.drawing')!;
    const centres = (): (string | null)[] => [...drawing.querySelectorAll('circle')].map((c) => c.getAttribute('cx'));
    const first = centres();
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(12_000);
    expect(drawing.ariaBusy).toBe('true');
    await expect.poll(() => centres().length).toBe(12_000);
    await expect.element(page.getByRole('img')).toBeVisible();
    expect(drawing.ariaBusy).toBeNull();
    expect(centres()).toEqual([...whole.children].map((child) => child.getAttribute('cx')));
    expect(applyPatch('many', [11_999], { tag: 'g' })).toBe(true);
    await unmount();
    expect(applyPatch('many', [1], '')).toBe(false);

    const printed = await show(tree(many));
    dispatchEvent(new Event('beforeprint'));
    expect(printed.container.querySelectorAll('circle').length).toBe(12_000);
    await printed.unmount();

    // Another drawing came while it was built: paper has that one alone, and the other is forgotten.
    const former = await show(tree(many));
    await former.rerender({ output: tree(svg({ tag: 'g' })) });
    const next = former.container.querySelector<HTMLElement>('.drawing')!;
    expect(next.ariaBusy).toBeNull();
    dispatchEvent(new Event('beforeprint'));
    expect(next.childNodes.length).toBe(1);
    expect(next.querySelectorAll('circle').length).toBe(0);
    await former.unmount();

    const left = await show(tree(many, 'left'));
    await left.unmount();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(applyPatch('left', [1], '')).toBe(false);
  });

  it('says on a narrow page that it goes on beside the edge, until that is reached', async () => {
    const wide = { ...svg(), attrs: { viewBox: '0 0 704 300', width: '704', height: '300' } };
    const { container } = await show(tree(wide));
    Object.assign(container.style, { container: 'page / inline-size', width: '350px' });
    const drawing = container.querySelector<HTMLElement>('.drawing')!;
    await expect.element(page.getByText('Scroll sideways to see the rest')).toBeVisible();
    expect([...drawing.classList]).toContain('after');
    expect([...drawing.classList]).not.toContain('before');
    drawing.scrollLeft = drawing.scrollWidth;
    await expect.poll(() => [...drawing.classList]).toContain('before');
    expect([...drawing.classList]).not.toContain('after');
    container.style.width = '900px';
    await expect.poll(() => container.querySelector('.wider')).toBeNull();
  });

  it('is patched where a tip comes and goes, and not when the patch is late', async () => {
    const { container, unmount } = await show(tree(svg({ tag: 'g' }, { tag: 'g', children: ['old'] }), 's1'));
    expect(applyPatch('s1', [1], { tag: 'g', children: [{ tag: 'text', children: ['tip'] }] })).toBe(true);
    expect(container.querySelector('text')?.textContent).toBe('tip');
    expect(container.querySelector('text')).toBeInstanceOf(SVGTextElement);
    expect(applyPatch('s1', [7, 2], '')).toBe(false);
    expect(applyPatch('s1', [0], { tag: 'div' })).toBe(true);
    expect(container.querySelector('svg div')).toBeNull();
    await unmount();
    expect(applyPatch('s1', [1], '')).toBe(false);
  });

  it('reports the pointer in the coordinates of its view box', async () => {
    const heard: SurfacePointer[] = [];
    const wide = svg({ tag: 'rect', attrs: { x: '0', y: '0', width: '100', height: '50', fill: 'none' } });
    const { container } = await show(tree({ ...wide, attrs: { ...wide.attrs, width: '200', height: '100' } }, 's2'), {
      onpointer: (surface: string, event: SurfacePointer) => surface === 's2' && heard.push(event),
    });
    const box = container.querySelector('.drawing svg')!.getBoundingClientRect();
    const at = { clientX: box.left + box.width * 0.25, clientY: box.top + box.height * 0.5 };
    container.querySelector('.drawing svg')!.dispatchEvent(new PointerEvent('pointerdown', at));
    expect(heard[0]!.x).toBeCloseTo(25, 0);
    expect(heard[0]!.y).toBeCloseTo(25, 0);
    for (let i = 0; i < 50; i++)
      container.querySelector('.drawing svg')!.dispatchEvent(new PointerEvent('pointermove', at));
    await expect.poll(() => heard.length).toBe(2);
  });

  it('leaves as SVG with its colours in it, and as PNG with something on it', async () => {
    const { container } = await show(chartOutput);
    const chart = container.querySelector<SVGSVGElement>('.drawing svg')!;
    const text = chartSvg(chart);
    expect(text).not.toContain('var(');
    expect(text).toContain('font-family');
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    const bitmap = await createImageBitmap(await chartPng(chart, { background: '#ffffff', scale: 2 }));
    // The figure's 704 units at twice their size and the paper beside; its title and caption stand above and below 600 of the chart.
    expect(bitmap.width).toBe(1408 + 48);
    expect(bitmap.height).toBeGreaterThan(640);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const colors = new Set<number>();
    for (let i = 0; i < data.length; i += 4) colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    expect(colors.size).toBeGreaterThan(20);
  });

  it('takes the title, the legend and the caption of its figure along when it leaves', async () => {
    const swatch: TreeElement = {
      tag: 'svg',
      attrs: { width: '15', height: '15', fill: '#4269d0' },
      children: [{ tag: 'rect', attrs: { width: '100%', height: '100%' } }],
    };
    const long = 'A subtitle that is broken into lines, since it is longer than the figure is wide';
    const figure: TreeElement = {
      tag: 'figure',
      children: [
        { tag: 'h2', children: ['Spend by channel'] },
        { tag: 'h3', children: [long] },
        { tag: 'div', children: [{ tag: 'span', children: [swatch, 'Meta'] }] },
        {
          ...svg({ tag: 'text', attrs: { y: '20', fill: 'currentColor' }, children: ['21'] }),
          attrs: { viewBox: '0 0 200 100', width: '200', height: '100' },
        },
        { tag: 'figcaption', children: ['Source: both accounts'] },
      ],
    };
    const { container } = await show(tree(figure));
    await expect.poll(() => container.querySelectorAll('.drawing svg').length).toBe(2);
    const [, chart] = container.querySelectorAll<SVGSVGElement>('.drawing svg');
    const saved = new DOMParser().parseFromString(chartSvg(chart!), 'image/svg+xml').documentElement;
    const lines = [...saved.querySelectorAll(':scope > text')].map((line) => ({
      words: line.textContent,
      y: Number(line.getAttribute('y')),
    }));
    expect(lines.at(0)!.words).toBe('Spend by channel');
    expect(
      lines
        .slice(1, -2)
        .map(({ words }) => words)
        .join(' '),
    ).toBe(long);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.slice(-2).map(({ words }) => words)).toEqual(['Meta', 'Source: both accounts']);
    expect(lines.map(({ y }) => y)).toEqual(lines.map(({ y }) => y).toSorted((a, b) => a - b));
    const [key, drawing] = [...saved.querySelectorAll(':scope > svg')];
    expect(key!.getAttribute('width')).toBe('15');
    const box = (of: Element): number[] => ['x', 'y', 'height'].map((name) => Number(of.getAttribute(name)));
    // The legend above the chart, the chart above its caption, and paper around them.
    expect(box(key!)[1]! + box(key!)[2]!).toBeLessThanOrEqual(box(drawing!)[1]!);
    expect(box(drawing!)[1]! + 100).toBeLessThan(lines.at(-1)!.y);
    expect(box(drawing!)[0]).toBe(12);
    expect(Number(saved.getAttribute('height'))).toBeGreaterThan(lines.at(-1)!.y + 10);
    const bitmap = await createImageBitmap(await chartPng(chart!, { background: '#ffffff', scale: 2 }));
    expect(bitmap.height).toBe(2 * Number(saved.getAttribute('height')));
  });
});

describe('controls', () => {
  it('keep the keyboard and the hand while their cell runs again and answers late', async () => {
    const given: [string, InputValue][] = [];
    const props = {
      output: inputOutput,
      gridSource,
      oninput: (key: string, value: InputValue) => given.push([key, value]),
    };
    const { rerender } = await render(OutputView, props);
    const slider = page.getByRole('slider', { name: 'Window' });
    const element = slider.element() as HTMLInputElement;
    element.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(given).toEqual([
      ['weeks', 9],
      ['weeks', 10],
    ]);
    const late = inputOutput.outputs.map((part) =>
      part.type === 'input' && part.key === 'weeks' ? { ...part, value: 9 } : part,
    );
    await rerender({ ...props, output: { ...inputOutput, outputs: [{ type: 'text', text: 'new above' }, ...late] } });
    expect(document.activeElement).toBe(element);
    expect(element.valueAsNumber).toBe(10);
    element.blur();
    await expect.poll(() => element.valueAsNumber).toBe(9);
  });

  it('give what their kind promises', async () => {
    const given = new Map<string, InputValue>();
    await show(inputOutput, { oninput: (key: string, value: InputValue) => given.set(key, value) });
    await page.getByLabelText('Channel').selectOptions('Social');
    await page.getByRole('checkbox', { name: 'Croissant' }).click();
    await page.getByRole('checkbox', { name: 'Margin in place of revenue' }).click();
    await page.getByRole('spinbutton', { name: 'At least' }).fill('42');
    await page.getByRole('textbox', { name: 'Find' }).fill('Brezel');
    await page.getByRole('checkbox', { name: /Champions/ }).click();
    await page.getByLabelText('Period: To').fill('2024-03-31');
    await expect
      .poll(() => Object.fromEntries(given))
      .toMatchObject({
        channel: 'Social',
        products: ['Roggenmischbrot', 'Croissant', 'Brezel'],
        margin: false,
        least: 42,
        find: 'Brezel',
        segments: ['Champions\t412\t€38,120', 'At risk\t1,204\t€21,480'],
        period: ['2024-01-01', '2024-03-31'],
      });
  });

  it('show what is chosen in place of a choice that has gone, also while the keyboard is there', async () => {
    const choosing = (choices: readonly string[], value: string): CellOutput => ({
      outputs: [
        { type: 'input', key: 'town', spec: { kind: 'select', label: 'Town', choices, multiple: false }, value },
      ],
      log: [],
    });
    const props = { gridSource, oninput: () => undefined };
    const { rerender } = await render(OutputView, { ...props, output: choosing(['x', 'y', 'z'], 'x') });
    const select = page.getByLabelText('Town');
    await select.selectOptions('z');
    await rerender({ ...props, output: choosing(['w', 'z'], 'z') });
    await expect.element(select).toHaveValue('z');
    await rerender({ ...props, output: choosing(['w', 'y'], 'w') });
    await expect.element(select).toHaveValue('w');
  });

  it('keep each day in its own field, and use a range once it is one', async () => {
    const given: InputValue[] = [];
    await show(inputOutput, { oninput: (key: string, value: InputValue) => key === 'period' && given.push(value) });
    const [from, to] = [page.getByLabelText('Period: From'), page.getByLabelText('Period: To')];
    await from.fill('2025-05-01');
    await expect.element(page.getByText('Not used yet: choose both days')).toBeVisible();
    expect(given).toEqual([]);
    await to.fill('2025-05-31');
    await expect.element(from).toHaveValue('2025-05-01');
    await expect.poll(() => given).toEqual([['2025-05-01', '2025-05-31']]);
    await expect.element(page.getByText('Not used yet')).not.toBeInTheDocument();
    await from.fill('');
    await expect.element(page.getByText('Not used yet')).toBeVisible();
    expect(given.length).toBe(1);
  });
});

describe('other outputs', () => {
  it('quote the failing line and put the suggestion in place', async () => {
    let applied = '';
    const { container } = await show(errorOutput, {
      source: errorSource,
      onapply: (source: string) => (applied = source),
    });
    expect(container.querySelector('.problem pre')?.textContent).toContain('sum(revenu) AS revenue');
    await page.getByRole('button', { name: 'Use revenue' }).click();
    expect(applied).toContain('sum(revenue) AS revenue');
  });

  it('open a value by keyboard and show numbers, progress and log lines', async () => {
    const { container } = await show(valueOutput);
    const inner = [...container.querySelectorAll('summary')].find((summary) =>
      summary.textContent?.includes('interval'),
    )!;
    inner.focus();
    await userEvent.keyboard('{Enter}');
    expect(inner.closest('details')!.open).toBe(true);
    await expect.element(page.getByText('48,213.5')).toBeVisible();
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '42');
    await expect.element(page.getByText('seed 7')).toBeVisible();
  });
});
