import type { Column } from '../../table/decode';
import { rawText } from './format';
import type { Pages } from './pages';
import type { Area } from './selection';
import { tsvField } from './tsv';

/** More rows than this are not put on a clipboard: they are what the CSV export is for. */
export const COPY_ROWS = 100_000;

/** The cells of an area as tab-separated text, values whole; fetches pages that are not here. A header when it is more than one cell. */
export async function areaText(pages: Pages, size: number, area: Area, columns: readonly Column[]): Promise<string> {
  const bottom = Math.min(area.bottom, area.top + COPY_ROWS - 1);
  const picked = columns.slice(area.left, area.right + 1);
  const lines: string[] = [];
  if (bottom > area.top || picked.length > 1) lines.push(picked.map((column) => tsvField(column.name)).join('\t'));
  for (let page = Math.floor(area.top / size); page * size <= bottom; page++) {
    const table = await pages.load(page);
    const from = Math.max(area.top, page * size);
    const to = Math.min(bottom, page * size + table.numRows - 1);
    for (let row = from; row <= to; row++) {
      const fields = picked.map((column, i) =>
        tsvField(rawText(table.getChildAt(area.left + i)?.at(row - page * size), column.type)),
      );
      lines.push(fields.join('\t'));
    }
  }
  return lines.join('\n');
}
