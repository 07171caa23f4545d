import { describe, expect, it } from 'vitest';
import type { SameControls } from '../../src/kernel/typings/input';
import { Rows } from '../../src/kernel/worker/rows';
import { levain } from '../../src/kernel/worker/levain';
import { GLOBAL_NAMES, SCOPE_NAMES } from '../../src/language/ts/names';
import { createInput } from '../../src/kernel/worker/input';
import type { Input } from '../../src/kernel/typings/input';
import { WORKER_GLOBALS } from '../../src/kernel/typings/globals';
import { Written } from '../language/service/notebook';

/** What is offered after a dot. */
const members = (source: string): Set<string> => new Set(new Written({ a: `${source}|` }).offers());

describe('the declarations of what cells have in scope', () => {
  it('name what levain holds, and nothing else (what is new belongs into typings/levain.ts)', () => {
    expect([...members('levain.')].toSorted()).toEqual(Object.keys(levain).toSorted());
    const hasFunctions = (part: unknown): part is object =>
      typeof part === 'object' && part !== null && Object.values(part).some((value) => typeof value === 'function');
    const parts = Object.entries(levain).filter(([, part]) => hasFunctions(part));
    expect(parts.map(([name]) => name)).toContain('mix');
    for (const [name, part] of parts) {
      expect([...members(`levain.${name}.`)].toSorted(), name).toEqual(Object.keys(part).toSorted());
    }
  });

  it('name what a table can do', () => {
    const offered = [...members('orders.')].filter((name) => name !== 'children' && name !== 'names');
    const lacking = offered.filter((name) => !(name in Rows.prototype));
    expect(lacking.filter((name) => !['schema', 'factory', 'getFactory'].includes(name))).toEqual([]);
    for (const name of ['map', 'with', 'toSorted', 'getChild', 'toColumns', 'select']) expect(offered).toContain(name);
  });

  it('name every control', () => {
    const same: [SameControls[0], SameControls[1]] extends [never, never] ? true : false = true;
    expect(same).toBe(true);
    const made = createInput({ controls: {}, show: () => undefined, warn: () => undefined }) as Input;
    expect([...members('input.')].toSorted()).toEqual(Object.keys(made).toSorted());
  });

  it('hold every name of the scope', () => {
    for (const name of SCOPE_NAMES) expect(new Written({ a: `${name}` }).told(), name).toEqual([]);
  });

  it('declare only globals that the compiler of cells takes for such', () => {
    const names = [...WORKER_GLOBALS.matchAll(/^declare (?:const|function|class) (\w+)/gm)].map((match) => match[1]!);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !GLOBAL_NAMES.has(name))).toEqual([]);
  });
});
