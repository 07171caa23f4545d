import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/base/random';
import { fieldText } from '../../src/engine/csv/records';
import { LONGEST_RECORD, Tokenizer, type Flaw } from '../../src/engine/csv/tokenizer';

interface Seen {
  readonly line: number;
  readonly fields: string[];
  readonly flaw: Flaw;
}

function tokenize(text: string, delimiter: string, chunk: number): Seen[] {
  const seen: Seen[] = [];
  const tokenizer = new Tokenizer({ delimiter: delimiter.charCodeAt(0), quote: 34 }, (record) => {
    const fields = Array.from({ length: record.fields }, (_, i) => fieldText(record, i, '"'));
    seen.push({ line: record.line, fields, flaw: record.flaw === 'uneven' ? 'none' : record.flaw });
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += chunk) tokenizer.push(bytes.slice(at, at + chunk));
  tokenizer.finish();
  return seen;
}

/** The obvious way, a character at a time over the whole text. For well-formed text only. */
function oracle(text: string, delimiter: string): Seen[] {
  const seen: Seen[] = [];
  let fields: string[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  let line = 1;
  let from = 1;
  const characters = [...text.replaceAll('\r\n', '\u0000')];
  const end = (): void => {
    fields.push(field);
    seen.push({ line: from, fields, flaw: 'none' });
    fields = [];
    field = '';
    state = 'start';
  };
  characters.forEach((character, i) => {
    const newline = '\n\r\u0000'.includes(character);
    if (newline) line++;
    if (state === 'quoted') {
      if (character !== '"') field += character === '\u0000' ? '\r\n' : character;
      else state = 'closed';
    } else if (state === 'closed' && character === '"') {
      field += '"';
      state = 'quoted';
    } else if (character === '"' && state === 'start') state = 'quoted';
    else if (character === delimiter) {
      fields.push(field);
      field = '';
      state = 'start';
    } else if (newline) {
      end();
      from = line;
    } else {
      field += character;
      state = 'plain';
    }
    if (i === characters.length - 1 && !newline) end();
  });
  return seen;
}

function randomCsv(random: Random, delimiter: string): string {
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)]!;
  const word = (): string => Array.from({ length: random.integer(5) }, () => pick([...'ab 1é—🥖'])).join('');
  const field = (): string => {
    if (random.uniform() < 0.6) return word();
    const inside = Array.from({ length: random.integer(6) }, () =>
      pick(['a', '""', '\n', '\r\n', '\r', delimiter, 'é', ' ', '']),
    );
    return `"${inside.join('')}"`;
  };
  const rows = Array.from({ length: random.integer(8) }, () =>
    Array.from({ length: 1 + random.integer(4) }, field).join(delimiter),
  );
  return rows.map((row) => row + pick(['\n', '\r\n', '\r'])).join('') + (random.uniform() < 0.5 ? field() : '');
}

describe('the tokenizer', () => {
  it('agrees with a slow and obvious oracle on 3,000 random texts, however they are cut into chunks', () => {
    const random = seededRandom(20240305);
    for (let round = 0; round < 3000; round++) {
      const delimiter = [',', ';', '\t'][random.integer(3)]!;
      // A lone \r before \n would be one newline: the generator must not make two of them touch by chance.
      const text = randomCsv(random, delimiter).replaceAll(/\r(?=\r\n)|\r(?=\n)(?<!\r)/g, '\r');
      const expected = oracle(text, delimiter);
      for (const chunk of [1, 2, 3, 7, 1 << 20]) {
        expect(tokenize(text, delimiter, chunk), JSON.stringify({ text, chunk })).toEqual(expected);
      }
    }
  }, 60_000);

  it('counts the lines of quoted newlines', () => {
    expect(tokenize('a,b\n"x\r\ny\nz",1\nlast,2', ',', 1 << 20).map((record) => record.line)).toEqual([1, 2, 5]);
  });

  it('keeps a quote that nobody doubled, and marks the record', () => {
    expect(tokenize('"He said "hi" to me",1\n', ',', 1 << 20)).toEqual([
      { line: 1, fields: ['He said "hi" to me', '1'], flaw: 'stray-quote' },
    ]);
  });

  it('loses one line, not the rest of the file, to a quote that never closes', () => {
    const seen = tokenize('1,a\n2,"b\n3,c\n4,d\n', ',', 5);
    expect(seen.map(({ line, flaw }) => [line, flaw])).toEqual([
      [1, 'none'],
      [2, 'unclosed-quote'],
      [3, 'none'],
      [4, 'none'],
    ]);
  });

  it('loses one line to an open quote that a later quoted field seems to close', () => {
    const seen = tokenize('1,"open,x\n2,"def",3\n4,e,5\n', ',', 1 << 20);
    expect(seen.map(({ line, flaw }) => [line, flaw])).toEqual([
      [1, 'unclosed-quote'],
      [2, 'none'],
      [3, 'none'],
    ]);
    expect(seen[1]!.fields).toEqual(['2', 'def', '3']);
  });

  it('takes no line of a broken quoted text for a record when a remnant of its quotes shows', () => {
    const seen = tokenize('7,"He said "wow"\nand left, happy"\n8,fine\n', ',', 1 << 20);
    expect(seen.map(({ line, flaw }) => [line, flaw])).toEqual([
      [1, 'stray-quote'],
      [2, 'unclosed-quote'],
      [3, 'none'],
    ]);
  });

  it('rejects a record beyond the limit and goes on behind it', () => {
    const long = 'x'.repeat(LONGEST_RECORD + 10);
    for (const chunk of [100_000, 1 << 24]) {
      const seen = tokenize(`1,a\n2,${long}\n3,c\n`, ',', chunk);
      expect(seen.map(({ line, flaw }) => [line, flaw])).toEqual([
        [1, 'none'],
        [2, 'too-long'],
        [3, 'none'],
      ]);
    }
  });

  it('counts the line of such a record once, where its \\r and \\n come in two chunks', () => {
    const head = `1,a\r\n2,${'x'.repeat(LONGEST_RECORD + 10)}\r`;
    const seen = tokenize(`${head}\n3,c\r\n`, ',', head.length);
    expect(seen.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it('gives a file of nothing but open quotes up instead of reading it for ever', () => {
    const line = `"${'x'.repeat(2000)}\n`;
    expect(() => tokenize(line.repeat(4000), ',', 1 << 20)).toThrow(/quotes in this file do not match up/);
  });
});
