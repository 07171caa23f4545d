import { describe, expect, it } from 'vitest';
import { columnType } from '../../../src/language/ts/service/column-type';

describe('the TypeScript type of a DuckDB column', () => {
  it.each([
    ['INTEGER', 'number'],
    ['HUGEINT', 'number'],
    ['DECIMAL(18,3)', 'number'],
    ['VARCHAR', 'string'],
    ["ENUM('a, b', 'c')", 'string'],
    ["ENUM('a', 'b')[]", 'string'],
    ['UHUGEINT', 'string'],
    ['STRUCT("BIT" DOUBLE)', '{ "BIT": number }'],
    ['TIME WITH TIME ZONE', 'string'],
    ['TIME', 'string'],
    ['TIMESTAMP WITH TIME ZONE', 'Date'],
    ['TIMESTAMP_NS', 'Date'],
    ['BOOLEAN', 'boolean'],
    ['BLOB', 'Uint8Array'],
    ['DOUBLE[]', 'readonly number[]'],
    ['VARCHAR[]', 'readonly string[]'],
    ['INTEGER[3]', 'readonly number[]'],
    ['VARCHAR[][]', 'readonly (readonly string[])[]'],
    ['MAP(VARCHAR, DOUBLE)', 'ReadonlyMap<string, number>'],
    ['STRUCT(a INTEGER, "b, ""c" VARCHAR)', '{ "a": number; "b, \\"c": string }'],
    [
      'STRUCT(a STRUCT(b DATE), c MAP(VARCHAR, INTEGER[]))',
      '{ "a": { "b": Date }; "c": ReadonlyMap<string, readonly number[]> }',
    ],
    ['UNION(a INTEGER)', 'any'],
    ['"NULL"', 'any'],
  ])('%s is %s', (duckdb, expected) => {
    expect(columnType(duckdb)).toBe(expected);
  });
});
