import { tableFromIPC, Type, type DataType } from '@uwdata/flechette';
import type { Column } from '../table/decode';
import { identifier } from './literal';

/** Types that DuckDB-WASM hands over wrongly in Arrow (an ENUM without its dictionary, a BIT as bytes, …): as text. */
const UNPORTABLE = /\b(?:ENUM|BIT|UHUGEINT|BIGNUM|VARINT|TIME WITH TIME ZONE|VARIANT)\b/;

/** Whether the schema (the first message of a result) has Arrow types that stand for such types, among others. */
export function mayBeUnportable(schema: Uint8Array): boolean {
  return tableFromIPC([schema]).schema.fields.some(({ type }) => suspect(type));
}

function suspect(type: DataType): boolean {
  const { typeId } = type;
  if (typeId === Type.Dictionary || typeId === Type.Binary || typeId === Type.FixedSizeBinary || typeId === Type.Time) {
    return true;
  }
  return ((type as { children?: { type: DataType }[] }).children ?? []).some((child) => suspect(child.type));
}

/** Whether Arrow carries every column rightly. */
export function isPortable(columns: readonly Column[]): boolean {
  return !columns.some(({ type }) => UNPORTABLE.test(outsideNames(type)));
}

/** A select list of the columns in which what Arrow cannot carry is text. */
export function portableList(columns: readonly Column[], table?: string): string {
  const prefix = table === undefined ? '' : `${table}.`;
  return columns
    .map(({ name, type }) => {
      const column = `${prefix}${identifier(name)}`;
      return UNPORTABLE.test(outsideNames(type)) ? `${column}::VARCHAR AS ${identifier(name)}` : column;
    })
    .join(', ');
}

/** Names of struct fields and values of enums are the reader's and say nothing of the type. */
export function outsideNames(type: string): string {
  return type.replace(/"(?:""|[^"])*"|'(?:''|[^'])*'/g, '');
}
