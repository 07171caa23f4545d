import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../src/base/random';

const source = resolve(import.meta.dirname, '../src');
/** Rooms whose functions run in Node with nothing around them. */
const ROOMS = ['stats', 'charts'];

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly expected: string;
}

function examples(): Example[] {
  return ROOMS.flatMap((room) => readdirSync(join(source, room), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.flatMap((text, i) => {
        const match = /^\s*\* (?:@example )?(.+?) \/\/ => (.+?)\s*(?:\*\/)?$/.exec(text);
        return match ? [{ file, line: i + 1, code: match[1]!, expected: match[2]! }] : [];
      });
    });
}

/** Evaluates JavaScript with a module's exports (and a source of randomness) in scope. */
function evaluate(code: string, scope: Record<string, unknown>): unknown {
  return new Function(...Object.keys(scope), `return (${code});`)(...Object.values(scope));
}

describe('the examples in doc comments', () => {
  const all = examples();

  it('are found', () => {
    expect(all.length).toBeGreaterThan(15);
  });

  it('stand in every file of stats that has a public function', () => {
    const index = readFileSync(join(source, 'stats/index.ts'), 'utf8');
    const files = [...index.matchAll(/export \{ (?!type)[^}]*\} from '\.\/(.+)'/g)].map(
      (match) => `stats/${match[1]}.ts`,
    );
    const withExample = new Set(all.map((example) => relative(source, example.file)));
    expect(files.filter((file) => !withExample.has(file))).toEqual([]);
  });

  it.each(all.map((example) => [`${relative(source, example.file)}:${example.line}`, example] as const))(
    '%s',
    async (_, example) => {
      const module = (await import(/* @vite-ignore */ example.file)) as Record<string, unknown>;
      expect(evaluate(example.code, { seededRandom, ...module })).toEqual(evaluate(example.expected, {}));
    },
  );
});
