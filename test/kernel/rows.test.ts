import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import * as Plot from '@observablehq/plot';
import { expect, it } from 'vitest';
import { surfaceDocument } from '../../src/kernel/worker/dom/document';
import { Rows } from '../../src/kernel/worker/rows';

const rows = Rows.decode(
  tableToIPC(tableFromArrays({ day: ['Mon', 'Tue'], total: [3, 4] }), { format: 'stream' }) as Uint8Array,
);

it('a column that is not there is named, also where Plot asks for it', () => {
  const document = surfaceDocument as unknown as Document;
  expect([...rows.getChild('total')]).toEqual([3, 4]);
  const unknown = { code: 'unknown-column', message: 'There is no column totl.', hint: 'Did you mean total?' };
  expect(() => rows.getChild('totl')).toThrow(expect.objectContaining({ problem: expect.objectContaining(unknown) }));
  expect(() => Plot.barY(rows, { x: 'nope', y: 'total' }).plot({ document })).toThrow('There is no column nope.');
  // A colour is none, nor is what is no text.
  expect(() => Plot.barY(rows, { x: 'day', y: 'total', fill: 'red' }).plot({ document })).not.toThrow();
});
