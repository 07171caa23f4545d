import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random';
import { layoutOf, looksLikeJson, type Layout } from '../../src/engine/json/layout';
import { Rows, textOf, Unreadable } from '../../src/engine/json/rows';
import { Scanner, type Element } from '../../src/engine/json/scan';
import { kindOf } from '../../src/engine/json/types';
import { Exact, jsonText, parseValue } from '../../src/engine/json/value';

/** Scans a text that comes in pieces of a size. */
function scan(text: string, layout: Layout, size = Infinity): Element[] {
  const bytes = new TextEncoder().encode(text);
  const scanner = new Scanner(layout);
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; at += size) found.push(...scanner.push(bytes.subarray(at, at + size)));
  return [...found, ...scanner.finish()];
}

const texts = (elements: readonly Element[]) => elements.map((element) => textOf(element)!.trim());
function lookedAt(lines: string): Rows {
  const rows = new Rows();
  for (const element of scan(lines, { kind: 'lines' })) rows.look(element);
  return rows;
}
function typesOf(lines: string): Record<string, string> {
  const rows = lookedAt(lines);
  return Object.fromEntries(rows.sources.map((source) => [source, kindOf(rows.shapeOf(source)).kind.sql]));
}

describe('a JSON file is cut into rows', () => {
  const list = '[{"a":"]},{","b":[1,2]},\n {"a":"\\"\\\\"} , 3]';
  const wrapped = '{"count":2,"orders":"none","note":[1],"orders2":[{"id":1},\n{"id":{"x":[]}}],"after":{"z":[{}]}}';

  it.each([1, 2, 3, 7, 1000])('wherever its pieces end (%i bytes)', (size) => {
    expect(texts(scan(list, { kind: 'list' }, size))).toEqual(['{"a":"]},{","b":[1,2]}', '{"a":"\\"\\\\"}', '3']);
    expect(scan(list, { kind: 'list' }, size).map(({ line }) => line)).toEqual([1, 2, 2]);
    expect(texts(scan(wrapped, { kind: 'within', key: 'orders2' }, size))).toEqual(['{"id":1}', '{"id":{"x":[]}}']);
    expect(texts(scan('{"a":1}\r\n\n{"a":2}', { kind: 'lines' }, size))).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('as JSON itself would, for any list', () => {
    const random = seededRandom(7);
    const value = (depth: number): unknown => {
      const pick = Math.floor(random.uniform() * (depth > 3 ? 4 : 6));
      if (pick === 0) return null;
      if (pick === 1) return Math.floor(random.uniform() * 1e6) / 100;
      if (pick === 2) return ['[', ']}', '{"', '\\', '"', 'é,\n', '😀:'][Math.floor(random.uniform() * 7)];
      if (pick === 3) return random.uniform() < 0.5;
      const inner = Array.from({ length: Math.floor(random.uniform() * 4) }, () => value(depth + 1));
      return pick === 4 ? inner : Object.fromEntries(inner.map((v, i) => [`k"${i}`, v]));
    };
    for (let round = 0; round < 200; round++) {
      const rows = Array.from({ length: 1 + Math.floor(random.uniform() * 6) }, () => value(0));
      const text = JSON.stringify({ first: value(1), rows, last: 1 }, null, round % 3);
      const found = scan(text, { kind: 'within', key: 'rows' }, 1 + Math.floor(random.uniform() * 20));
      expect(found.map((element) => JSON.parse(textOf(element)!) as unknown)).toEqual(rows);
    }
  });

  it('unless it is cut short or something follows it', () => {
    expect(() => scan('[{"a":1},{"a":', { kind: 'list' })).toThrow(/cut short/);
    expect(() => scan('[{"a":1}] {"b":2}', { kind: 'list' })).toThrow(/no JSON from line 1/);
    expect(() => scan('[{"a":1}}]', { kind: 'list' })).toThrow(/brackets do not match/);
  });

  it('by a layout that its beginning shows', () => {
    expect(layoutOf(' [1]', true).layout).toEqual({ kind: 'list' });
    expect(layoutOf('{"a":1}\n{"a":2}\n', true).layout).toEqual({ kind: 'lines' });
    expect(layoutOf('{\n "a": 1\n}\n', true).layout).toEqual({ kind: 'single' });
    expect(layoutOf(wrapped, true)).toEqual({ layout: { kind: 'within', key: 'orders2' }, lists: ['orders2'] });
    const two = '{"heads":[{"n":1}],"rows":[{"a":1},{"a":2}]}';
    expect(layoutOf(two, true).layout).toEqual({ kind: 'within', key: 'rows' });
    expect(layoutOf(two, true, 'heads').layout).toEqual({ kind: 'within', key: 'heads' });
    expect(looksLikeJson('day,revenue\n')).toBe(false);
    expect(looksLikeJson('{curly},b\n')).toBe(false);
  });
});

describe('numbers in JSON', () => {
  it('keep every digit', () => {
    const value = parseValue(
      '{"a":9007199254740993,"b":"9007199254740993","c":1e400,"d":0.1,"e":[12345678901234567890]}',
    );
    expect(value).toMatchObject({ a: new Exact('9007199254740993'), b: '9007199254740993', d: 0.1 });
    expect(jsonText(value)).toBe(
      '{"a":9007199254740993,"b":"9007199254740993","c":1e400,"d":0.1,"e":[12345678901234567890]}',
    );
    expect(() => parseValue('{12345678901234567890:1}')).toThrow(SyntaxError);
  });

  it('decide the type together', () => {
    expect(
      typesOf('{"a":1,"b":1,"c":9007199254740993,"d":18446744073709551616,"e":1e400,"f":9007199254740993,"g":1}'),
    ).toEqual({ a: 'BIGINT', b: 'BIGINT', c: 'BIGINT', d: 'HUGEINT', e: 'VARCHAR', f: 'BIGINT', g: 'BIGINT' });
    expect(typesOf('{"a":1,"f":9007199254740993,"g":1}\n{"a":1.5,"f":0.5,"g":"x"}')).toEqual({
      a: 'DOUBLE',
      f: 'VARCHAR',
      g: 'VARCHAR',
    });
  });
});

describe('values in JSON', () => {
  it('get dates, lists and structs for types, where all of them fit', () => {
    expect(
      typesOf(
        '{"day":"2024-02-29","at":"2024-03-05T10:00:00+01:00","bad":"2024-02-30","tags":["a"],"who":{"id":1,"Name":"x"},"none":null}\n' +
          '{"day":"2024-03-01","at":"2024-03-05","bad":"2024-02-28","tags":[],"who":{"id":2,"town":"Gent"}}',
      ),
    ).toEqual({
      day: 'DATE',
      at: 'TIMESTAMP',
      bad: 'VARCHAR',
      tags: 'VARCHAR[]',
      who: 'STRUCT("id" BIGINT, "Name" VARCHAR, "town" VARCHAR)',
      none: 'VARCHAR',
    });
  });

  it.each([
    ['2024-03-05T00:30:00+01:00', '2024-07-05T00:30:00+02:00', '2024-03-05 00:30:00', 'keeps the local time'],
    ['2024-03-05T00:30:00+01:00', '2024-03-05T00:30:00-05:00', '2024-03-04 23:30:00', 'turned into UTC'],
    ['2024-03-05T00:30:00+01:00', '2024-03-05T00:30:00Z', '2024-03-04 23:30:00', 'turned into UTC'],
    ['2024-03-05T00:30:00Z', '2024-03-05T00:30:00Z', '2024-03-05 00:30:00', 'holds times in UTC'],
  ])('of %s and %s are times of one clock, or UTC', (one, other, read, said) => {
    const { kind, note } = kindOf(lookedAt(`{"at":"${one}"}\n{"at":"${other}"}`).shapeOf('at'));
    expect([kind.sql, kind.convert(one)]).toEqual(['TIMESTAMP', read]);
    expect(kind.convert(other)).not.toBeNull();
    expect(note).toContain(said);
  });

  it('stay JSON text where no type fits', () => {
    expect(typesOf('{"a":[1],"b":{"x":1,"X":2},"c":{}}\n{"a":{"x":1},"b":null,"c":{}}')).toEqual({
      a: 'VARCHAR',
      b: 'VARCHAR',
      c: 'VARCHAR',
    });
    const deep = `{"a":${'['.repeat(40)}${']'.repeat(40)}}`;
    expect(typesOf(deep).a).toMatch(/^VARCHAR(\[\])+$/);
  });

  it('nested beyond measure are told of, and take nothing down', () => {
    const rows = new Rows();
    const [element] = scan(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, { kind: 'lines' });
    rows.look(element!);
    const cells = rows.cells(element!);
    if (!(cells instanceof Unreadable)) {
      expect(() => kindOf(rows.shapeOf('a')).kind.convert(cells.a!)).toThrow(RangeError);
    }
  });
});
