import type { Problem } from '../base/problem';
import type { Definition } from '../language/definition';
import type { Cell } from '../notebook/model';
import type { NodeSpec } from '../runtime/runtime';
import { withChecks } from './checked-nodes';
import type { DataEntry } from './data-files';

type DefinitionOf = (cell: Cell) => Definition;

/** A data file as a node of the graph: it needs nothing and defines its table. */
export function fileNode(entry: DataEntry): NodeSpec {
  return {
    id: entry.node,
    label: entry.fileName,
    inputs: [],
    outputs: entry.table ? [entry.table] : [],
    revision: entry.revision,
    lane: 'engine',
    problem: fileProblem(entry),
  };
}

/** Every cell that has something to run, as a node of the graph. */
export function cellNodes(cells: readonly Cell[], definitionOf: DefinitionOf): NodeSpec[] {
  const macros = macroNames(cells, definitionOf);
  const read = tablesRead(cells, definitionOf);
  const nodes = cells.flatMap((cell, index): NodeSpec | [] => {
    const definition = definitionOf(cell);
    if (isPlainText(definition)) return [];
    const called = (definition.calls ?? []).filter((name) => macros.has(name.toLowerCase()));
    return {
      id: cell.id,
      label: cellName(cell, definition) ?? `cell ${index + 1}`,
      inputs: [...definition.inputs, ...called],
      outputs: definition.outputs,
      problem: definition.problems[0],
      revision: JSON.stringify([cell.kind, cell.name, cell.view, cell.source, tablesFor(cell, read, definitionOf)]),
      lane: inKernel(cell) ? 'kernel' : 'engine',
    };
  });
  // One that cannot be read says nothing of the data, so that nothing waits for it.
  const checks = cells.filter((cell) => cell.kind === 'check' && definitionOf(cell).problems.length === 0);
  return withChecks(nodes, new Set(checks.map(({ id }) => id)));
}

/** TypeScript and text run in the kernel, everything else in the database. */
export function inKernel({ kind }: Cell): boolean {
  return kind === 'ts' || kind === 'md';
}

/** The names, in lower case, that SQL reads as tables. One within `${…}` is read as a value, which the kernel holds. */
export function tablesRead(cells: readonly Cell[], definitionOf: DefinitionOf): ReadonlySet<string> {
  return new Set(
    cells.flatMap((cell) => {
      const { body } = definitionOf(cell);
      const read = body.type === 'ts' ? body.queried : 'tables' in body ? body.tables : [];
      return read.map((name) => name.toLowerCase());
    }),
  );
}

/** The names a TypeScript cell defines that SQL reads: these must stand in the engine too. */
export function tablesFor(cell: Cell, read: ReadonlySet<string>, definitionOf: DefinitionOf): readonly string[] {
  return cell.kind === 'ts' ? definitionOf(cell).outputs.filter((name) => read.has(name.toLowerCase())) : [];
}

/** What a cell is called: its name, or the last that its code defines, which what comes before leads to. */
export function cellName({ name }: Cell, { outputs }: Definition): string | undefined {
  return name ?? outputs.at(-1);
}

/** Text without `{{ }}` has nothing to run. */
export function isPlainText({ body }: Definition): boolean {
  return body.type === 'md' && body.parts.every((part) => typeof part === 'string');
}

function fileProblem(entry: DataEntry): Problem | undefined {
  if (entry.status === 'missing') {
    return {
      code: 'missing-file',
      message: `The file ${entry.fileName} is not here.`,
      hint: 'Drop it on the page.',
      subject: entry.fileName,
    };
  }
  if (entry.large) {
    return {
      code: 'large-file',
      message: `${entry.fileName} is more than fits into a table here, and is not read yet.`,
      hint: 'Choose beside the file how it is read.',
      subject: entry.fileName,
    };
  }
  return entry.status === 'failed' && !entry.plan ? entry.problem : undefined;
}

/** Macros and types that SQL cells make. A cell that is only called `sum` hides no function. */
function macroNames(cells: readonly Cell[], definitionOf: DefinitionOf): ReadonlySet<string> {
  return new Set(
    cells.flatMap((cell) => {
      if (cell.kind === 'metric') return definitionOf(cell).outputs.map((output) => output.toLowerCase());
      if (cell.kind !== 'sql') return [];
      const outputs = definitionOf(cell).outputs.map((output) => output.toLowerCase());
      return outputs.filter((output) => output !== cell.name?.toLowerCase());
    }),
  );
}
