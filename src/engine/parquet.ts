import { tableFromIPC, Type, type DataType, type StructType } from '@uwdata/flechette';
import { LevainError, problemOf } from '../base/problem';
import type { TypedPlan } from '../table/plan';
import type { Assets } from './assets';
import type { IngestOptions } from './csv/attempt';
import { columnNames, tableName } from './csv/names';
import type { Database } from './database';
import { inFormatsThread } from './formats/thread';
import { identifier } from './literal';
import { countRows } from './relations';
import { StagedTable, type TypedRead } from './staged-table';

const MAGIC = 'PAR1';

/** Whether a file is Parquet, by its first and last bytes. Rejects with `parquet-damaged` what only begins like it. */
export async function isParquet(file: Blob): Promise<boolean> {
  const text = async (part: Blob): Promise<string> => new TextDecoder('latin1').decode(await part.arrayBuffer());
  if ((await text(file.slice(0, 4))) !== MAGIC) return false;
  if (file.size > 12 && (await text(file.slice(-4))) === MAGIC) return true;
  throw damaged(file, 'it does not end as a Parquet file does, so it was cut short');
}

/** How a Parquet file would be read, by what stands at its end. */
export async function sniffParquet(assets: Assets, file: File, existingTables: readonly string[]): Promise<TypedPlan> {
  const { schema, rows } = await inFormatsThread(assets, new AbortController().signal, (thread) =>
    thread.openParquet(assets.parquet, file),
  ).catch((error: unknown) => {
    throw damaged(file, reasonOf(error));
  });
  const { fields } = tableFromIPC(schema).schema;
  const names = columnNames(fields.map(({ name }) => name));
  return {
    format: 'parquet',
    table: tableName(file.name, existingTables),
    columns: fields.map(({ name, type }, i) => ({ name: names[i]!, source: name, type: sqlType(type) })),
    notes: [`The file is Parquet with ${rows.toLocaleString('en')} rows; its types are taken over.`],
  };
}

/** Reads a Parquet file into the new table `loaded`, batch by batch. */
export async function readParquet(
  database: Database,
  assets: Assets,
  file: File,
  plan: TypedPlan,
  loaded: string,
  { signal, onProgress }: IngestOptions,
): Promise<TypedRead> {
  return inFormatsThread(assets, signal, async (thread) => {
    const { rows } = await thread.openParquet(assets.parquet, file);
    let table: StagedTable | undefined;
    let columns = plan.columns;
    let done = 0;
    for (;;) {
      const bytes = await thread.nextBatch();
      signal.throwIfAborted();
      if (!bytes) break;
      if (!table) {
        const found = tableFromIPC(bytes).schema.fields;
        columns = plan.columns.map((column, i) => ({ ...column, type: sqlType(found[i]!.type) }));
        table = await StagedTable.create(database, loaded, columns);
      }
      await table.append(bytes, signal);
      done = await countRows(database, identifier(loaded));
      onProgress({ bytes: rows > 0 ? Math.round((file.size * done) / rows) : file.size, total: file.size });
    }
    if (!table) await StagedTable.create(database, loaded, columns);
    if (done !== rows) throw damaged(file, `it says that it has ${rows} rows, and ${done} came out`);
    return { rows, rejected: 0, rejects: [], plan: { ...plan, columns } };
  }).catch((error: unknown) => {
    // What the reader's own thread threw, or fell over, is the file's fault; what the database says is told as it is.
    throw problemOf(error).code === 'unexpected' ? damaged(file, reasonOf(error)) : error;
  });
}

/** What a column's values become here. Times with a zone are moments in UTC; what DuckDB has no type for is told as text. */
function sqlType(type: DataType): string {
  switch (type.typeId) {
    case Type.Bool:
      return 'BOOLEAN';
    case Type.Int:
      return `${type.signed ? '' : 'U'}${{ 8: 'TINYINT', 16: 'SMALLINT', 32: 'INTEGER', 64: 'BIGINT' }[type.bitWidth]}`;
    case Type.Float:
      return ['DOUBLE', 'FLOAT', 'DOUBLE'][type.precision] ?? 'DOUBLE';
    case Type.Decimal:
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case Type.Date:
      return 'DATE';
    case Type.Timestamp:
      return 'TIMESTAMP';
    case Type.Time:
      return 'TIME';
    case Type.Duration:
    case Type.Interval:
      return 'INTERVAL';
    case Type.Dictionary:
      return sqlType(type.dictionary);
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return 'BLOB';
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
      return `${sqlType(type.children[0]!.type)}[]`;
    case Type.Struct:
      return `STRUCT(${type.children.map(({ name, type }) => `${identifier(name)} ${sqlType(type)}`).join(', ')})`;
    case Type.Map: {
      const [key, value] = (type.children[0]!.type as StructType).children;
      return `MAP(${sqlType(key!.type)}, ${sqlType(value!.type)})`;
    }
    default:
      return 'VARCHAR';
  }
}

const reasonOf = (error: unknown): string => problemOf(error).message.replace(/^Parquet error: |\.$/gi, '');

function damaged(file: Blob, why: string): LevainError {
  const name = file instanceof File ? file.name : 'The file';
  return new LevainError({
    code: 'parquet-damaged',
    message: `${name} cannot be read as Parquet: ${why}.`,
    hint: 'Export or download it again.',
    subject: name,
  });
}
