import { LevainError } from '../../base/problem';
import { decodeTable, type Column } from '../../table/decode';
import type { Assets } from '../assets';
import { inFormatsThread } from '../formats/thread';
import { rowXml, SHEET_END, sheetHead, sheetNames, sheetPath, workbookParts } from './sheet-xml';
import type { ReadRanges } from './ranges';

/** What a sheet holds at most; one row is that of the names. */
const MOST_ROWS = 1_048_575;
const MOST_COLUMNS = 16_384;

export interface SheetToWrite {
  readonly name: string;
  readonly read: ReadRanges;
}

/** Tables as the sheets of an Excel workbook. Rejects with `xlsx-too-large` where one has more rows than a sheet. */
export function writeXlsx(sheets: readonly SheetToWrite[], assets: Assets, signal: AbortSignal): Promise<Blob> {
  return inFormatsThread(assets, signal, async (thread) => {
    const names = sheetNames(sheets.map(({ name }) => name));
    await thread.beginZip();
    for (const [path, text] of Object.entries(workbookParts(names))) {
      await thread.beginPart(path);
      await thread.addToPart(text);
      await thread.endPart();
    }
    for (const [i, { name, read }] of sheets.entries()) {
      await thread.beginPart(sheetPath(i + 1));
      let rows = 0;
      let head = '';
      const select = (columns: readonly Column[]): string => {
        if (columns.length > MOST_COLUMNS) throw tooLarge(name, 'columns', MOST_COLUMNS);
        head ||= sheetHead(columns);
        return rowXml(columns);
      };
      await read(select, async (messages) => {
        const lines = [...decodeTable(messages).getChildAt(0)!] as string[];
        rows += lines.length;
        if (rows > MOST_ROWS) throw tooLarge(name, 'rows', MOST_ROWS);
        await thread.addToPart((rows === lines.length ? head : '') + lines.join(''));
      });
      await thread.addToPart(SHEET_END);
      await thread.endPart();
    }
    return thread.endZip('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  });
}

const tooLarge = (name: string, what: string, most: number): LevainError =>
  new LevainError({
    code: 'xlsx-too-large',
    message: `${name} has more than ${most.toLocaleString('en')} ${what}, which a sheet of a workbook cannot hold.`,
    hint: 'Export it as CSV or Parquet, or filter or aggregate it first.',
    subject: name,
  });
