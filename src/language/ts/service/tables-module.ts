import { columnType } from './column-type';
import type { TableShape } from './model';

/** The tables of a notebook as a module of declarations. */
export interface TablesModule {
  readonly text: string;
  /** The table that an offset of the text belongs to. */
  tableAt(offset: number): string | undefined;
}

/**
 * Each table as a constant, and its rows' type beside it: `orders` and `orders.Row`.
 *
 * @param rows the module that exports `Rows`
 */
export function tablesModule(tables: readonly TableShape[], rows: string): TablesModule {
  const begins: { readonly at: number; readonly name: string }[] = [];
  let text = `import type { Rows } from '${rows}';\n`;
  for (const table of tables) {
    begins.push({ at: text.length, name: table.name });
    text += declaration(table);
  }
  return { text, tableAt: (offset) => begins.findLast(({ at }) => at <= offset)?.name };
}

function declaration({ name, columns }: TableShape): string {
  if (!columns) return `/** A table whose columns are not known yet. */\nexport declare const ${name}: Rows;\n`;
  const list = columns.map((column) => column.name).join(', ');
  const properties = columns.map(
    (column) => `    /** ${comment(column.type)} */\n    ${key(column.name)}: ${columnType(column.type)};\n`,
  );
  return [
    `/** A table of ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}: ${comment(list)}. */\n`,
    `export declare const ${name}: Rows<${name}.Row>;\n`,
    `export declare namespace ${name} {\n  type Row = {\n${properties.join('')}  };\n}\n`,
  ].join('');
}

const key = (name: string): string =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);

const comment = (text: string): string => text.replaceAll('*/', '* /').replaceAll('@', '@\u200b').replaceAll('\n', ' ');
