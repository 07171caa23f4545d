const DAY = 86_400_000;
/** Day 0 of the calendar in which Google Sheets counts. */
const ORIGIN = Date.UTC(1899, 11, 30);
/** Kinds of number formats, as Google Sheets numbers them. */
const DATE = 5;
const TIME = 6;
const MOMENT = 7;

/** Larger spans, of a page that is no spreadsheet, are cut. */
const MOST_SPAN = 10_000;
/** More cells than a spreadsheet puts on the clipboard: few of them are enough to say so, if each spans thousands. */
const MOST_CELLS = 2_000_000;

/**
 * The table on a spreadsheet's clipboard as CSV, or null where its HTML holds none, or more than a spreadsheet has: line breaks within cells are kept, joined
 * cells stand where they stood (a text in each of their rows, a number once), and where Google Sheets tells the value behind
 * what it shows, that is taken: 0.125 for `12.5%`, 1234.5 for `1.234,50 €`, 2024-02-29 for `29/02/2024`.
 */
export function tableInHtml(
  html: string,
  parser: { parseFromString: DOMParser['parseFromString'] } = new DOMParser(),
): string | null {
  if (!/<table/i.test(html)) return null;
  // A document that is not shown: it runs nothing and fetches nothing.
  const tables = parser.parseFromString(html, 'text/html').querySelectorAll('table');
  const rows = [...(tables[0]?.querySelectorAll('tr') ?? [])];
  if (tables.length !== 1 || rows.length === 0) return null;
  const grid: string[][] = rows.map(() => []);
  let cells = 0;
  for (const [r, row] of rows.entries()) {
    let column = 0;
    for (const cell of row.querySelectorAll('td, th')) {
      while (grid[r]![column] !== undefined) column++;
      const value = valueOf(cell);
      const height = Math.min(spanOf(cell, 'rowspan'), rows.length - r);
      const width = spanOf(cell, 'colspan');
      cells += height * width;
      if (cells > MOST_CELLS) return null;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          grid[r + y]![column + x] = x === 0 && (y === 0 || value.label) ? value.text : '';
        }
      }
      column += width;
    }
  }
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  if (width * grid.length > MOST_CELLS) return null;
  if (width === 1 && grid.length === 1) return null;
  return grid.map((row) => Array.from({ length: width }, (_, i) => quoted(row[i] ?? '')).join(',')).join('\n') + '\n';
}

const spanOf = (cell: Element, name: string): number =>
  Math.min(MOST_SPAN, Math.max(1, Math.floor(Number(cell.getAttribute(name) ?? 1)) || 1));

/** A cell's text, and whether it names what it stands beside rather than counts. */
function valueOf(cell: Element): { text: string; label: boolean } {
  const value = told(cell, 'data-sheets-value');
  const number = value?.['1'] === 3 ? value['3'] : undefined;
  if (typeof number === 'number') {
    const kind = told(cell, 'data-sheets-numberformat')?.['1'];
    const day = kind === DATE || kind === MOMENT ? isoOf(number) : undefined;
    if (day !== undefined) return { text: day, label: true };
    if (kind !== TIME) return { text: String(number), label: false };
  }
  const text = shownText(cell);
  return { text, label: !/^[-+(]?\s*\p{Sc}?\s*[\d.,\s]*\d[\d.,\s]*\p{Sc}?\s*%?\)?$/u.test(text) };
}

/** What Google Sheets writes of a cell beside its text, as JSON in an attribute. */
function told(cell: Element, attribute: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(cell.getAttribute(attribute) ?? 'null');
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isoOf(serial: number): string | undefined {
  const moment = new Date(ORIGIN + Math.round(serial * DAY));
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 0 || moment.getUTCFullYear() > 9999) return undefined;
  return moment
    .toISOString()
    .slice(0, 19)
    .replace(/T00:00:00$/, '')
    .replace('T', ' ');
}

/** The text of a cell as it is shown: `<br>` breaks its lines, other white space is one space. */
function shownText(cell: Element): string {
  const walk = (node: Node): string => {
    if (node.nodeType === 3) return (node.nodeValue ?? '').replace(/[ \t\r\n]+/g, ' ');
    if (node.nodeName === 'BR') return '\n';
    if (node.nodeName === 'STYLE' || node.nodeName === 'SCRIPT') return '';
    return [...node.childNodes].map(walk).join('');
  };
  return walk(cell)
    .replaceAll('\u00a0', ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
