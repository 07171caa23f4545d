import type { TypedPlan } from '../../table/plan';
import { detectEncoding } from '../csv/encoding';
import { columnNames, tableName } from '../csv/names';
import type { Sample } from '../csv/sample';
import { utf8Chunks } from '../csv/source';
import { layoutOf, looksLikeJson } from './layout';
import { Scanner } from './scan';
import { kindOf } from './types';
import { Rows } from './rows';

/**
 * How a JSON file would be read, or null where a sample of it is none. Of the files that are not called `.json` only those
 * whose first row is JSON are taken for it: other text may begin with a bracket too.
 */
export async function sniffJson(
  sample: Sample,
  existingTables: readonly string[],
  part?: string,
): Promise<TypedPlan | null> {
  const encoding = encodingOf(sample);
  let head = '';
  const pieces: Uint8Array[] = [];
  const source = { nuls: 0, invalid: 0, wide: 0 };
  const beginning = new Blob([sample.head as Uint8Array<ArrayBuffer>]);
  for await (const chunk of utf8Chunks(beginning, { encoding, compression: 'none' }, source, () => {})) {
    pieces.push(chunk);
    head += new TextDecoder().decode(chunk);
  }
  if (!looksLikeJson(head)) return null;
  const { layout, lists } = layoutOf(head, sample.whole, part);
  const rows = new Rows();
  const scanner = new Scanner(layout);
  try {
    for (const piece of pieces) for (const element of scanner.push(piece)) rows.look(element);
    if (sample.whole) for (const element of scanner.finish()) rows.look(element);
  } catch {
    // What is wrong with it is said when it is read.
  }
  if (rows.seen === 0 && !/\.(?:json|ndjson|jsonl|geojson)(?:\.gz)?$/i.test(sample.fileName)) return null;
  return {
    format: 'json',
    table: tableName(sample.fileName, existingTables),
    layout: layout.kind,
    encoding,
    compression: sample.compression,
    ...(layout.kind === 'within' && { part: layout.key, ...(lists.length > 1 && { parts: lists }) }),
    columns: columnsOf(rows),
    notes: [
      {
        lines: 'The file holds a JSON value a line.',
        list: 'The file is a JSON list.',
        within: `The rows are the list “${layout.kind === 'within' ? layout.key : ''}” in the file's JSON object.`,
        single: 'The file is one JSON object, which is one row.',
      }[layout.kind],
    ],
  };
}

/** The columns that rows have, by their names in the file. */
export function columnsOf(rows: Rows): TypedPlan['columns'] {
  const sources = rows.sources;
  const names = columnNames(sources);
  return sources.map((source, i) => ({ name: names[i]!, source, type: kindOf(rows.shapeOf(source)).kind.sql }));
}

/** JSON is UTF-8 unless it shows to be UTF-16; bytes that are neither make rows that cannot be read. */
function encodingOf(sample: Sample): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const { encoding } = detectEncoding(sample.head, []);
  return encoding === 'windows-1252' ? 'utf-8' : encoding;
}
