import { fileName } from '../base/file-name';

/** A table, view or sheet that a file holds among others. */
export interface TableInside {
  readonly name: string;
  /** Absent for a sheet, which is not looked at before it is read. */
  readonly columns?: number;
  /** Absent for a view too, whose rows have not been counted. */
  readonly rows?: number;
}

const ENDING = /\.[^.]*$/;

const endingOf = (file: string): string => ENDING.exec(file)?.[0] ?? '';
const stemOf = (file: string): string => file.replace(ENDING, '');

/** What a file is called of which a further table is read: `shop.duckdb` with `customers` is `shop.customers.duckdb`. */
export function fileInside(file: string, table: string): string {
  return `${stemOf(file)}.${fileName(table, 'table')}${endingOf(file)}`;
}

/** Which of a file's tables its name asks for, if any; the longest where several would do. */
export function tableInside(file: string, tables: readonly string[]): string | undefined {
  const stem = stemOf(file).toLowerCase();
  return tables
    .filter((table) => stem.endsWith(`.${fileName(table, 'table').toLowerCase()}`))
    .sort((a, b) => b.length - a.length)[0];
}
