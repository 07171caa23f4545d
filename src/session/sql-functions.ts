import type { Engine } from '../engine/engine';
import type { SqlFunction } from '../language/sql/offers';
import { decodeTable } from '../table/decode';

interface CatalogueRow {
  readonly name: string;
  readonly parameters: ArrayLike<string> | null;
  readonly types: ArrayLike<string> | null;
  readonly description: string | null;
}

const CATALOGUE = `
  SELECT function_name AS name, parameters, parameter_types AS types, description
  FROM duckdb_functions()
  WHERE function_type IN ('scalar', 'aggregate', 'macro', 'table', 'table_macro')
    AND regexp_matches(function_name, '^[a-z][a-z0-9_]*$')
    AND NOT regexp_matches(function_name, '^(duckdb|pragma|pg|test|icu|sqlite)_')
  ORDER BY name, len(parameters)
`;

/** What is neither in the catalogue nor a keyword of the colours: the functions that stand before OVER. */
const WINDOWS: readonly [name: string, signature: string, description: string][] = [
  ['row_number', '()', 'The number of the row within its part, from 1.'],
  ['rank', '()', 'The rank of the row, with gaps after equals.'],
  ['dense_rank', '()', 'The rank of the row, without gaps.'],
  ['percent_rank', '()', 'The rank of the row as a share from 0 to 1.'],
  ['cume_dist', '()', 'The share of rows that come before or are equal.'],
  ['ntile', '(n)', 'The number of the row’s bucket out of n equal ones.'],
  ['lag', '(value, offset, default)', 'The value some rows before; one if no offset is given.'],
  ['lead', '(value, offset, default)', 'The value some rows after; one if no offset is given.'],
  ['first_value', '(value)', 'The value at the first row of the frame.'],
  ['last_value', '(value)', 'The value at the last row of the frame.'],
  ['nth_value', '(value, n)', 'The value at the nth row of the frame.'],
];

/** Reads the functions from DuckDB's own catalogue, each with the ways in which it can be called. */
export async function readFunctions(engine: Pick<Engine, 'query'>): Promise<readonly SqlFunction[]> {
  const bytes = await engine.query('functions', { text: CATALOGUE, parameters: [] });
  const found = new Map<string, { signatures: Set<string>; description: string }>();
  for (const [name, signature, description] of WINDOWS)
    found.set(name, { signatures: new Set([signature]), description });
  for (const row of decodeTable(bytes).toArray() as CatalogueRow[]) {
    const known = found.get(row.name) ?? { signatures: new Set<string>(), description: '' };
    known.signatures.add(signature(row));
    found.set(row.name, { ...known, description: known.description || (row.description ?? '') });
  }
  return Array.from(found, ([name, { signatures, description }]) => ({
    name,
    signatures: [...signatures],
    description,
  }));
}

/** `(string, regex)`: parameters by their names; by their types where the catalogue has only numbered them. */
function signature({ parameters, types }: CatalogueRow): string {
  const names = Array.from(parameters ?? [], (parameter, i) =>
    /^col\d+$/.test(parameter) ? (types?.[i] ?? 'ANY').toLowerCase() : parameter,
  );
  return `(${names.join(', ')})`;
}
