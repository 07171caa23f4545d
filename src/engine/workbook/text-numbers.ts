import type { CellValue, SheetRow } from './cells';

/** An amount with a mark within it, a sign or a currency: `1.234,50`, `€ 12`, `12,5 %`. A plain number as text may be a code. */
const AMOUNT = /^(?=.*[.,€$£%])[-+]?\s*[€$£]?\s*(?!0\d)\d{1,3}(?:[.,'’\u00a0\u202f ]?\d{3})*(?:[.,]\d+)?\s*[€$£%]?$/;
const FEWEST = 3;

/** Says which columns of a sheet hold amounts that the spreadsheet keeps as text, and how to count with them. */
export function textNumbers(names: readonly string[], rows: readonly SheetRow[]): string[] {
  return names.flatMap((name, i) => {
    const values = rows
      .map(({ cells }) => cells[i])
      .filter((value): value is Exclude<CellValue, null> => value !== null);
    const texts = values.filter((value) => typeof value === 'string');
    if (texts.length < FEWEST || texts.length < values.length / 2) return [];
    if (!texts.every((text) => AMOUNT.test(text.trim()))) return [];
    const example = texts.find((text) => /[.,]\d+\D*$/.test(text)) ?? texts[0]!;
    const comma = /,\d{1,2}\D*$/.test(example);
    const plain = comma ? "replace(replace(x, '.', ''), ',', '.')" : "replace(x, ',', '')";
    const stripped = /[€$£%\s]/.test(texts.join('')) ? `regexp_replace(${plain}, '[^-0-9.]', '', 'g')` : plain;
    return [
      `${name || `Column ${i + 1}`}: numbers that the sheet keeps as text (“${example}”) are text here, too. Write ${stripped}::DOUBLE, with the column for x, to count with them.`,
    ];
  });
}
