import * as observable from '@observablehq/plot';
import { beforeAll, describe, expect, it } from 'vitest';
import { surfaceDocument } from '../../src/kernel/worker/dom/document';
import { toTree } from '../../src/kernel/worker/dom/tree';
import type { Node } from '../../src/kernel/worker/dom/node';
import { Plot } from '../../src/kernel/worker/plot';

// Plot asks for `window.document` when it is not given one.
beforeAll(() => void Object.assign(globalThis, { window: { document: surfaceDocument } }));

const products = [
  { name: 'Sauerteig-Starter Set', sold: 1_200_000, year: 2024 },
  { name: 'Brot', sold: 70_000, year: 2025 },
];
const bars = () => observable.barX(products, { x: 'year', y: 'name' });
const dots = () => observable.dot(products, { x: 'year', y: 'sold' });
const hours = [1, 2, 3].map((day) => ({ day: new Date(Date.UTC(2026, 6, day)), sold: day }));
const line = () => observable.lineY(hours, { x: 'day', y: 'sold' });
/** A drawing as it is sent; names of gradients and clips count on from drawing to drawing. */
const sent = (drawn: unknown): object => JSON.parse(JSON.stringify(toTree(drawn as Node))) as object;

describe('Plot in a cell', () => {
  it.each([
    ['names of products, and the axis’ name beside them', { marks: [bars()] }, { marginLeft: 126 }],
    ['numbers of seven digits', { marks: [dots()] }, { marginLeft: 58 }],
    [
      'facets at the right',
      { marks: [dots()], fy: { axis: 'right' }, facet: { data: products, y: 'name' } },
      { marginLeft: 58, marginRight: 126 },
    ],
    ['the name of an axis under labels of two lines', { marks: [line()] }, { marginBottom: 44 }],
    ['letters of another size', { marks: [dots()], style: { fontSize: '20px' } }, { marginLeft: 103 }],
  ] as [string, observable.PlotOptions, object][])('makes room for %s', (_, options, margins) => {
    expect(sent(Plot.plot(options))).toEqual(sent(observable.plot({ ...options, ...margins })));
    expect(sent(Plot.plot(options))).not.toEqual(sent(observable.plot(options)));
  });

  it('goes the same way from a mark', () =>
    expect(sent(Plot.barX(products, { x: 'year', y: 'name' }).plot({ width: 500 }))).toEqual(
      sent(Plot.plot({ width: 500, marks: [bars()] })),
    ));

  it('gives labels two fifths of the width at most', () => {
    const long = [{ name: 'x'.repeat(200), sold: 1 }];
    const options = { marks: [observable.barX(long, { x: 'sold', y: 'name' })] };
    expect(sent(Plot.plot(options))).toEqual(sent(observable.plot({ ...options, marginLeft: 256 })));
  });

  it.each([
    ['short labels', { marks: [observable.barX([{ a: 'x', b: 1 }], { x: 'b', y: 'a' })] }],
    ['margins that the cell gives', { marks: [bars()], marginLeft: 20 }],
    ['one margin for all sides', { marks: [bars()], margin: 30 }],
    ['labels of two lines and no name', { marks: [line()], x: { label: null } }],
    ['labels of two lines above the frame', { marks: [line()], x: { axis: 'top' } }],
    ['no axis', { marks: [bars()], axis: null }],
  ] as [string, observable.PlotOptions][])('leaves a drawing alone that has %s', (_, options) =>
    expect(sent(Plot.plot(options))).toEqual(sent(observable.plot(options))),
  );
});
