import { describe, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/base.css';
import type { GridExport, GridRequest, GridSource } from '../../src/ui/grid-source';
import { orderColumns, sampleSource, type SampleColumn } from '../../src/ui/gallery/sample-source';
import Grid from '../../src/ui/Grid.svelte';
import { missingRows } from '../tools/missing-rows';

const MILLIONS = 10_000_000;

const frame = () => new Promise((done) => requestAnimationFrame(done));
const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
const scrollerOf = (container: HTMLElement) => container.querySelector<HTMLElement>('[role="grid"]')!;

/** Texts of the rows in sight, by their row number. */
function shown(container: HTMLElement): Map<number, string[]> {
  const rows = [...container.querySelectorAll<HTMLElement>('[role="row"]')].slice(1);
  return new Map(
    rows.map((row) => [
      Number(row.getAttribute('aria-rowindex')) - 2,
      [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent?.trim() ?? ''),
    ]),
  );
}

/** Whether all rows in sight stand there with their values. */
const filled = (container: HTMLElement) =>
  expect
    .poll(() => missingRows([scrollerOf(container)]) + container.querySelectorAll('[role="gridcell"].waiting').length)
    .toBe(0);

/** Every row in sight must hold its own order number. */
function expectRightRows(container: HTMLElement, idOf = (row: number) => 100_000 + row): void {
  const rows = shown(container);
  expect(rows.size).toBeGreaterThan(0);
  for (const [row, cells] of rows) if (cells[0] !== '') expect(cells[0]).toBe(String(idOf(row)));
}

async function grid(source: GridSource, width = 900) {
  const { container } = await render(Grid, { source, label: 'orders' });
  container.style.width = `${width}px`;
  await filled(container);
  return { container, scroller: scrollerOf(container) };
}

describe('the grid over ten million rows', () => {
  it('tells its size and shows the last row at the end of the bar', async () => {
    const { container, scroller } = await grid(sampleSource(orderColumns, MILLIONS));
    expect(scroller.getAttribute('aria-rowcount')).toBe(String(MILLIONS + 1));
    expect(scroller.scrollHeight).toBeLessThan(16_000_000);
    scroller.scrollTop = scroller.scrollHeight;
    await frame();
    await filled(container);
    expect([...shown(container).keys()].at(-1)).toBe(MILLIONS - 1);
    expectRightRows(container);
  });

  it('never shows a wrong row while it flies, and shows the right ones where it lands', async () => {
    const { container, scroller } = await grid(sampleSource(orderColumns, MILLIONS, 15));
    for (let i = 1; i <= 60; i++) {
      scroller.scrollTop = (scroller.scrollHeight * ((i * 37) % 60)) / 60;
      await frame();
      expectRightRows(container);
    }
    await filled(container);
    expectRightRows(container);
  });

  it('scrolls at the pace of the screen, with flat memory', async () => {
    const { container, scroller } = await grid(sampleSource(orderColumns, MILLIONS, 5));
    scroller.scrollTop = scroller.scrollHeight / 2;
    await filled(container);
    const work: number[] = [];
    const channel = new MessageChannel();
    const count = (): number => container.querySelectorAll('*').length;
    let nodes = Infinity;
    const begun = performance.now();
    const FRAMES = 240;
    for (let i = 0; i < FRAMES; i++) {
      // On a busy machine the grid has not measured itself yet when it begins.
      if (i === FRAMES / 8) nodes = count();
      const at = performance.now();
      scroller.scrollTop += 90;
      await frame();
      // The task after the frame runs when style, layout and paint are done: the cost of one step.
      await new Promise((done) => {
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
      });
      work.push(performance.now() - at);
    }
    const fps = (FRAMES * 1000) / (performance.now() - begun);
    work.sort((a, b) => a - b);
    console.log(
      `grid, 10 M rows: ${fps.toFixed(1)} frames/s, median step ${work[FRAMES / 2]!.toFixed(1)} ms, p95 ${work[Math.floor(FRAMES * 0.95)]!.toFixed(1)} ms`,
    );
    await filled(container);
    expectRightRows(container);
    expect(count()).toBeLessThan(nodes * 1.3);
  });

  it('goes by keyboard to the far end and back', async () => {
    const { container, scroller } = await grid(sampleSource(orderColumns, MILLIONS));
    scroller.focus();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await filled(container);
    const active = () => document.getElementById(scroller.getAttribute('aria-activedescendant') ?? '');
    const row = () => Number(active()?.closest('[role="row"]')?.getAttribute('aria-rowindex')) - 2;
    await expect.poll(row).toBe(MILLIONS - 1);
    await userEvent.keyboard('{PageUp}');
    expect(row()).toBeLessThan(MILLIONS - 5);
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowDown}{ArrowRight}');
    expect(row()).toBe(1);
    expect(active()?.getAttribute('aria-colindex')).toBe('2');
    expect(active()?.textContent?.trim()).toBe('2022-01-01');
  });
});

describe('the grid', () => {
  it('has wider columns where the type of the page is larger, and cuts nothing', async () => {
    const { container } = await grid(sampleSource(orderColumns, 50), 1_400);
    const cut = (): number =>
      [...container.querySelectorAll('[role="gridcell"], [role="columnheader"] .name')].filter(
        (cell) => cell.scrollWidth > cell.clientWidth + 1,
      ).length;
    const width = (): number => container.querySelector('[role="columnheader"]')!.getBoundingClientRect().width;
    const [before, wide] = [cut(), width()];
    document.documentElement.style.fontSize = '20px';
    onTestFinished(() => void document.documentElement.style.removeProperty('font-size'));
    await expect.poll(width).toBe(Math.round(wide * 1.25));
    expect(cut()).toBe(before);
  });

  it('sorts in the source: up, down, and as it was', async () => {
    const { container } = await grid(sampleSource(orderColumns, 5_000));
    const header = page.getByRole('columnheader', { name: /order_id/ });
    const sort = page.getByRole('button', { name: 'Sort by order_id' });
    await sort.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'ascending');
    await sort.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'descending');
    await filled(container);
    expectRightRows(container, (row) => 100_000 + 4_999 - row);
    await sort.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'none');
    await filled(container);
    expectRightRows(container);
  });

  it('filters by keyboard, says how many rows pass, and clears', async () => {
    const { container, scroller } = await grid(sampleSource(orderColumns, 5_000));
    scroller.focus();
    await userEvent.keyboard('{ArrowUp}f');
    await page.getByLabelText('From').fill('102000');
    await page.getByLabelText('To').fill('102099');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.element(page.getByText('100 of 5,000 rows pass the filter')).toBeVisible();
    await filled(container);
    expectRightRows(container, (row) => 102_000 + row);
    expect(scroller.getAttribute('aria-rowcount')).toBe('101');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.element(page.getByText('5,000 rows')).toBeVisible();
  });

  it('exports the rows that pass the filter, or all of them, as the menu says', async () => {
    const exported: GridExport[] = [];
    const source = sampleSource(orderColumns, 5_000);
    await render(Grid, { source, label: 'orders', onexport: (options: GridExport) => void exported.push(options) });
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    };
    await choose('All 5,000 rows as CSV');
    page.getByRole('grid').element().focus();
    await userEvent.keyboard('{ArrowUp}f');
    await page.getByLabelText('To').fill('100099');
    await page.getByRole('button', { name: 'Apply' }).click();
    await choose('The 100 rows that pass the filter as Parquet');
    await choose('All 5,000 rows as CSV, safe for spreadsheets (formulas made text)');
    const filters = [{ column: 'order_id', op: 'range', max: 100_099 }];
    expect(exported).toEqual([
      { format: 'csv' },
      { format: 'parquet', filters },
      { format: 'csv', escapeFormulas: true },
    ]);
  });

  it('lets the mouse reach the filter of every kind of column, on the whole of its button', async () => {
    onTestFinished(() => page.viewport(414, 896));
    await page.viewport(1_500, 900);
    const { container } = await grid(sampleSource(orderColumns, 100), 1_400);
    const inside = container.querySelector('.header')!.getBoundingClientRect();
    const buttons = [...container.querySelectorAll<HTMLElement>('button.filter')].filter(
      (button) => button.getBoundingClientRect().right < inside.right,
    );
    expect(buttons.some((button) => button.closest('.right'))).toBe(true);
    expect(buttons.some((button) => !button.closest('.right'))).toBe(true);
    for (const button of buttons) {
      const box = button.getBoundingClientRect();
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
      for (const [x, y] of [
        [box.left + 2, box.top + 2],
        [box.right - 2, box.bottom - 2],
      ] as const)
        expect(document.elementFromPoint(x, y)?.closest('button')?.ariaLabel).toBe(button.ariaLabel);
    }
  });

  it('shows the names of its columns whole, also short ones and the one that is sorted', async () => {
    const names = ['n', 'now', 'ROAS', 'metric_1', 'WWWWWW', 'CPM'];
    const columns = names.map((name): SampleColumn => ({ name, type: 'BIGINT', value: (row) => row }));
    const { container } = await grid(sampleSource(columns, 3), 1_400);
    const cut = () =>
      [...container.querySelectorAll<HTMLElement>('button.sort .name')]
        .filter((name) => name.scrollWidth > name.clientWidth)
        .map((name) => name.textContent);
    expect(cut()).toEqual([]);
    for (const name of names) {
      await page.getByRole('button', { name: `Sort by ${name}`, exact: true }).click();
      expect(cut()).toEqual([]);
    }
  });

  it('is as wide as its columns, and no wider than its place', async () => {
    const column: SampleColumn = { name: 'total_of_the_year', type: 'BIGINT', value: (row) => row };
    const few = await grid(sampleSource([column], 30), 900);
    await expect.poll(() => few.scroller.offsetWidth).toBeLessThan(450);
    expect(few.scroller.scrollWidth).toBe(few.scroller.clientWidth);
    const many = await grid(sampleSource(orderColumns, 30), 700);
    await expect.poll(() => many.scroller.offsetWidth).toBe(700);
  });

  it('drops the answer of an order that the reader has already left', async () => {
    const answers: (() => void)[] = [];
    const rows = 1_000;
    const whole = sampleSource(orderColumns, rows);
    const held = (request: GridRequest) =>
      request.sort && !request.sort.descending
        ? new Promise<void>((done) => answers.push(done)).then(() => whole.page({ offset: 0, limit: 200 }))
        : whole.page(request);
    const { container } = await grid({ ...whole, page: held });
    const sort = page.getByRole('button', { name: 'Sort by order_id' });
    await sort.click();
    await sort.click();
    await filled(container);
    answers.forEach((answer) => answer());
    await wait(50);
    expectRightRows(container, (row) => 100_000 + rows - 1 - row);
  });

  it('copies a selection as tab-separated text, whole values under their names', async () => {
    const { scroller } = await grid(sampleSource(orderColumns, 5_000));
    let copied = '';
    const write = navigator.clipboard.writeText;
    navigator.clipboard.writeText = async (text) => void (copied = text);
    try {
      scroller.focus();
      await userEvent.keyboard(
        '{Control>}{Home}{/Control}{Shift>}{ArrowDown}{ArrowRight}{ArrowRight}{/Shift}{Control>}c{/Control}',
      );
      await expect
        .poll(() => copied)
        .toBe('order_id\tday\tchannel\n100000\t2022-01-01\tSuche\n100001\t2022-01-01\tE-Mail');
      await userEvent.keyboard('{Control>}a{/Control}{Control>}c{/Control}');
      await expect.poll(() => copied.split('\n').length).toBe(5_001);

      // The button copies what its words say: all that pass the filter, wherever the keyboard stands, or what is selected.
      await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowUp}f');
      await page.getByLabelText('From').fill('102000');
      await page.getByLabelText('To').fill('102099');
      await page.getByRole('button', { name: 'Apply' }).click();
      await expect.element(page.getByText('100 of 5,000 rows pass the filter')).toBeVisible();
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      await expect.poll(() => copied.split('\n').length).toBe(101);
      scroller.focus();
      await userEvent.keyboard('{Control>}{Home}{/Control}{Shift>}{ArrowDown}{/Shift}');
      await page.getByRole('button', { name: 'Copy selection' }).click();
      await expect.poll(() => copied).toBe('order_id\n102000\n102001');
    } finally {
      navigator.clipboard.writeText = write;
    }
  });

  it('shows five thousand columns, the last as well', async () => {
    const columns: SampleColumn[] = Array.from({ length: 5_000 }, (_, i) => ({
      name: `column_${i}`,
      type: 'INTEGER',
      value: (row) => row * 10_000 + i,
    }));
    const { container, scroller } = await grid(sampleSource(columns, 10_000));
    expect(scroller.getAttribute('aria-colcount')).toBe('5000');
    expect(container.querySelectorAll('[role="columnheader"]').length).toBeLessThan(30);
    scroller.focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}{Control>}{ArrowRight}{/Control}');
    await expect.element(page.getByRole('columnheader', { name: /column_4999/ })).toBeVisible();
    await expect.poll(() => [...shown(container).values()][0]?.at(-1)).toBe('4,999');
  });

  it('tells empty from missing, and shows a clipped text whole when it is chosen', async () => {
    const { container } = await grid(sampleSource(orderColumns, 100), 1_400);
    await expect.poll(() => shown(container).get(1)?.[7]).toBe('');
    expect(shown(container).get(5)![2]).toBe('empty');
    await userEvent.click(container.querySelector('[aria-rowindex="2"] [aria-colindex="8"]')!);
    await expect
      .poll(() => container.querySelector('.whole')?.textContent?.trim())
      .toBe('Bitte ohne Sesam; Abholung Samstag vor neun Uhr am Seiteneingang');
  });

  it('says that there are no rows, and tells when the source fails', async () => {
    const { container } = await grid(sampleSource(orderColumns, 0));
    expect(container.querySelector('.none')?.textContent).toBe('No rows.');
    const failing = {
      ...sampleSource(orderColumns, 10),
      page: () => Promise.reject(new Error('The database stopped.')),
    };
    await render(Grid, { source: failing, label: 'failing' });
    await expect.element(page.getByRole('alert')).toHaveTextContent('The database stopped.');
  });

  it('never cuts a number, however far on it stands, unless the reader made its column narrow', async () => {
    const numbers: SampleColumn[] = [
      { name: 'i', type: 'BIGINT', value: (row) => row },
      { name: 'amount', type: 'DOUBLE', value: (row) => (row % 2 ? 1 : -1) * row * 1.37 },
    ];
    const { container, scroller } = await grid(sampleSource(numbers, 1_000_000));
    const cut = () =>
      [...container.querySelectorAll<HTMLElement>('[role="gridcell"]')].filter(
        (cell) => cell.scrollWidth > cell.clientWidth,
      ).length;
    expect(cut()).toBe(0);
    scroller.scrollTop = scroller.scrollHeight;
    await frame();
    await filled(container);
    expect(shown(container).get(999_999)?.[1]).toBe('1,369,998.63');
    await expect.poll(cut).toBe(0);
  });

  it('resizes a column by keyboard', async () => {
    const { scroller, container } = await grid(sampleSource(orderColumns, 100));
    const width = () => container.querySelector<HTMLElement>('[role="columnheader"]')!.offsetWidth;
    const before = width();
    scroller.focus();
    await userEvent.keyboard('{ArrowUp}{Alt>}{ArrowRight}{/Alt}');
    await expect.poll(width).toBe(before + 16);
  });
});
