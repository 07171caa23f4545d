import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = resolve(import.meta.dirname, '../src');
const IMPORT =
  /(?:^|\n|;)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Rooms and what each may import, from the table in src/README.md. */
function rooms(): Map<string, Set<string>> {
  const table = readFileSync(join(source, 'README.md'), 'utf8');
  const found = new Map<string, Set<string>>();
  for (const [, room, , imports] of table.matchAll(/^\| `(\w+)\/` \| (.+?) \| (.+?) \|$/gm)) {
    found.set(room!, new Set(imports === 'nothing' ? [] : imports!.split(/,\s*/)));
  }
  return found;
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Files a file imports, as paths inside src/. */
function imports(file: string, all: Set<string>): string[] {
  const text = readFileSync(file, 'utf8');
  const found: string[] = [];
  for (const match of text.matchAll(IMPORT)) {
    const target = (match[1] ?? match[2])!.split('?')[0]!;
    if (!target.startsWith('.')) continue;
    const path = resolve(dirname(file), target);
    const hit = [path, `${path}.ts`, `${path}.svelte.ts`, join(path, 'index.ts')].find((candidate) =>
      all.has(candidate),
    );
    if (hit) found.push(hit);
  }
  return found;
}

const roomOf = (file: string): string => relative(source, file).split('/')[0]!;

describe('the rooms', () => {
  const allowed = rooms();
  const all = new Set(files(source));

  it('are those of src/README.md', () => {
    const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => entry.name).filter((name) => !allowed.has(name))).toEqual([]);
    expect(allowed.size).toBeGreaterThan(10);
  });

  it('import only through their doors', () => {
    const wrong: string[] = [];
    for (const file of all) {
      const room = roomOf(file);
      if (!allowed.has(room)) continue; // src/main.ts
      for (const target of imports(file, all)) {
        const other = roomOf(target);
        if (other !== room && !allowed.get(room)!.has(other))
          wrong.push(`${relative(source, file)} → ${relative(source, target)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('have no import cycles', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].map((path) => relative(source, path)).join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const target of imports(file, all)) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of all) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keep DuckDB in the engine', () => {
    const outside = [...all].filter(
      (file) => roomOf(file) !== 'engine' && /from ['"]@duckdb/.test(readFileSync(file, 'utf8')),
    );
    expect(outside.map((file) => relative(source, file))).toEqual([]);
  });
});
