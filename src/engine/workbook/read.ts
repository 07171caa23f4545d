import { read, type WorkBook } from '@e965/xlsx';
import { LevainError } from '../../base/problem';
import { refuseBomb } from './bomb';
import type { SheetChoice, SheetRead } from './protocol';
import { tableOf } from './table';

/**
 * Reads one sheet of a workbook: the one chosen, or else the first that is not hidden and holds something. Rejects with
 * `workbook-damaged` for what is none, `workbook-too-large` for what would unpack beyond memory, `workbook-empty`.
 */
export async function readSheet(file: Blob, choice: SheetChoice): Promise<SheetRead> {
  await refuseBomb(file);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const shell = parsed(bytes, []);
  const sheets = shell.SheetNames;
  const hidden = new Set(sheets.filter((_, i) => (shell.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0));
  const from1904 = shell.Workbook?.WBProps?.date1904 ?? false;
  if (choice.sheet !== undefined && !sheets.includes(choice.sheet)) {
    throw new LevainError({
      code: 'workbook-sheet',
      message: `The workbook has no sheet “${choice.sheet}”.`,
      hint: `It has ${sheets
        .slice(0, 20)
        .map((name) => `“${name}”`)
        .join(', ')}.`,
    });
  }
  const candidates =
    choice.sheet === undefined ? [...sheets.filter((name) => !hidden.has(name)), ...hidden] : [choice.sheet];
  for (const sheet of candidates) {
    const found = parsed(bytes, sheet).Sheets[sheet];
    const table = found && tableOf(found, choice, from1904);
    if (!table || (table.range === '' && choice.sheet === undefined)) continue;
    if (table.range === '') break;
    return { ...table, sheets, sheet, notes: [sheetNote(sheets, sheet, hidden), ...table.notes] };
  }
  throw new LevainError({
    code: 'workbook-empty',
    message:
      choice.sheet === undefined ? 'The workbook holds no cells.' : `The sheet “${choice.sheet}” holds no cells.`,
    hint: 'Look whether it is the right file.',
  });
}

function sheetNote(sheets: readonly string[], sheet: string, hidden: ReadonlySet<string>): string {
  const others = sheets.filter((name) => name !== sheet);
  const name = (each: string): string => `“${each}”${hidden.has(each) ? ' (hidden)' : ''}`;
  if (others.length === 0) return `The rows are those of the sheet ${name(sheet)}.`;
  const listed = others.slice(0, 8).map(name).join(', ');
  return `The rows are those of the sheet ${name(sheet)}. The workbook also has ${listed}${others.length > 8 ? ' and others' : ''}.`;
}

function parsed(bytes: Uint8Array, sheets: string | string[]): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      sheetStubs: true,
      sheets,
      UTC: true,
    });
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(error: unknown): LevainError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/string length|allocation/i.test(reason)) {
    return new LevainError({
      code: 'workbook-too-large',
      message: 'The sheet is larger than can be read at once.',
      hint: 'Save the sheet as CSV and drop that.',
    });
  }
  return new LevainError(
    {
      code: 'workbook-damaged',
      message: `The file cannot be read as an Excel workbook: ${reason.replace(/\.$/, '')}.`,
      hint: 'Open it in a spreadsheet and save it again as .xlsx, or save the sheet as CSV.',
    },
    { cause: error },
  );
}
