import type { Problem } from '../base/problem';
import type { Cell } from '../notebook/model';
import type { Definition } from './definition';
import { compileCheck } from './check/compile';
import { compileMarkdown } from './markdown';
import { compileMetric } from './metric/compile';
import { nameProblem } from './names';
import { compileSql } from './sql/compile';
import { compileTs } from './ts/compile';
import { SCOPE_NAMES } from './ts/names';

/**
 * What a cell means. Never throws: a cell that cannot run has `problems`, each with its line and column where it has one.
 *
 * @param scope names that every cell has without another cell defining them
 */
export function define(cell: Cell, scope: readonly string[] = SCOPE_NAMES): Definition {
  try {
    return compiled(cell, scope);
  } catch {
    // What is nested deeper than the readers go, thousands of times, nobody wrote.
    const { body } = compiled({ ...cell, source: '' }, scope);
    return {
      inputs: [],
      outputs: [],
      body: body.type === 'md' ? { ...body, parts: [cell.source] } : body,
      problems: [UNREADABLE],
    };
  }
}

const UNREADABLE: Problem = {
  code: 'syntax',
  message: 'This cell cannot be read: it is nested too deeply.',
  hint: 'Write it in smaller parts.',
};

function compiled(cell: Cell, scope: readonly string[]): Definition {
  switch (cell.kind) {
    case 'sql':
      return named(
        cell,
        compileSql(cell.source, {
          ...(cell.name !== undefined && { name: cell.name }),
          view: cell.view ?? false,
          scope,
        }),
      );
    case 'ts':
      return compileTs(cell.source, scope);
    case 'md':
      return compileMarkdown(cell.source, scope);
    case 'csv':
      return named(cell, defineCsv(cell));
    case 'check':
      return compileCheck(cell.source);
    case 'metric':
      return named(cell, compileMetric(cell.source, cell.name));
  }
}

function defineCsv(cell: Cell): Definition {
  const problems: Problem[] =
    cell.name === undefined
      ? [
          {
            code: 'no-name',
            message: 'This table has no name, so no cell can read it.',
            hint: 'Give the cell a name, such as targets.',
          },
        ]
      : [];
  const outputs = cell.name === undefined ? [] : [cell.name];
  return { inputs: [], outputs, body: { type: 'csv', text: cell.source }, problems };
}

function named(cell: Cell, definition: Definition): Definition {
  const problem = cell.name === undefined ? undefined : nameProblem(cell.name);
  return problem ? { ...definition, problems: [problem, ...definition.problems] } : definition;
}
