import * as flechette from '@uwdata/flechette';
import * as aq from 'arquero';
import { runChainOnThreads } from './chain-threads';
import type { Tell } from './fit-progress';
import { levain, levainOf } from './levain';
import { Plot } from './plot';

/** What every cell has in scope and nobody has to make anew for a run. */
export const shared = Object.freeze({ Plot, aq, levain });

/** What belongs to one run. */
export interface RunScope {
  readonly sql: unknown;
  readonly input: unknown;
  readonly display: ((value: unknown) => void) | undefined;
  readonly progress: Tell | undefined;
  readonly console: unknown;
}

/** The scope of a run, by name, less what other cells define. */
export function scopeOf(run: RunScope): Record<string, unknown> {
  const own = levainOf({ ...run, runChain: runChainOnThreads });
  const modules = new Map<string, object>([
    ['arquero', aq],
    ['@observablehq/plot', Plot],
    ['@uwdata/flechette', flechette],
    ['levain', { ...own, ...shared, ...run }],
  ]);
  const levain$module = (name: string): object => {
    const module = modules.get(name);
    if (!module)
      throw new TypeError(`There is no module "${name}" here; cells can import ${[...modules.keys()].join(', ')}.`);
    return { default: module, ...module };
  };
  return { ...shared, levain: own, ...run, levain$module };
}
