import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { seededRandom } from '../src/base/random';

/** Where made data lies; git ignores it. */
export const DATA = resolve(import.meta.dirname, 'data');

const PRODUCTS = ['Sourdough', 'Rye', 'Baguette', 'Focaccia', 'Brioche', 'Croissant', 'Granola', 'Starter kit'];
const CHANNELS = ['search', 'social', 'email', 'direct', 'affiliate'];
const CITIES = ['Gent', 'Antwerpen', 'Brugge', 'Leuven', 'Mechelen', 'Oostende', 'Kortrijk'];

/** A web shop's orders as CSV, about 92 bytes a row, the same for the same number of rows. Returns its path. */
export function ordersCsv(rows: number): string {
  return made(`orders-${rows}.csv`, (write) => {
    const random = seededRandom(rows);
    write('order_id,customer_id,ordered_at,product,channel,city,quantity,revenue,margin,campaign\n');
    for (let row = 0; row < rows; row++) {
      const at = new Date(Date.UTC(2023, 0, 1) + row * 8000 + random.integer(8000)).toISOString();
      const revenue = 500 + random.integer(12_000);
      const campaign = random.integer(4) === 0 ? `"${CHANNELS[row % 5]}, autumn ${random.integer(90)}"` : 'evergreen';
      write(
        `${1_000_000 + row},${random.integer(50_000)},${at.slice(0, 10)} ${at.slice(11, 19)},` +
          `${PRODUCTS[random.integer(8)]} ${random.integer(9)},${CHANNELS[random.integer(5)]},${CITIES[random.integer(7)]},` +
          `${1 + random.integer(5)},${(revenue / 100).toFixed(2)},${(revenue / 257).toFixed(4)},${campaign}\n`,
      );
    }
  });
}

/** Numbers, days and words in turn, in `columns` columns. Returns its path. */
export function wideCsv(rows: number, columns: number): string {
  return made(`wide-${rows}-${columns}.csv`, (write) => {
    const random = seededRandom(columns);
    write(`${Array.from({ length: columns }, (_, i) => `column_${i}`).join(',')}\n`);
    for (let row = 0; row < rows; row++) {
      let line = '';
      for (let column = 0; column < columns; column++) {
        const value = random.integer(100_000);
        const kind = column % 5;
        const text =
          kind === 0
            ? String(value)
            : kind === 1
              ? (value / 100).toFixed(2)
              : kind === 2
                ? `2024-0${1 + (value % 9)}-1${value % 10}`
                : `${CITIES[value % 7]} ${value % 97}`;
        line += column ? `,${text}` : text;
      }
      write(`${line}\n`);
    }
  });
}

export const megabytes = (path: string): string => `${Math.round(statSync(path).size / 1e6)} MB`;

function made(name: string, fill: (write: (text: string) => void) => void): string {
  const path = join(DATA, name);
  if (existsSync(path)) return path;
  const file = openSync(`${path}.part`, 'w');
  let parts: string[] = [];
  const flush = (): void => {
    writeSync(file, parts.join(''));
    parts = [];
  };
  fill((text) => {
    if (parts.push(text) === 20_000) flush();
  });
  flush();
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}
