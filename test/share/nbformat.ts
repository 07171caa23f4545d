type Json = Record<string, unknown>;

/** What of a document is not as the schema of nbformat 4.5 wants it: written after that schema, as an independent check. */
export function nbformatProblems(document: unknown): string[] {
  const problems: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  const isText = (value: unknown): boolean =>
    typeof value === 'string' || (Array.isArray(value) && value.every((line) => typeof line === 'string'));
  const only = (value: Json, keys: string, where: string): void => {
    for (const key of Object.keys(value)) check(keys.split(' ').includes(key), `${where}: unknown ${key}`);
    for (const key of keys.split(' ')) check(key in value, `${where}: no ${key}`);
  };

  const notebook = document as Json;
  only(notebook, 'metadata nbformat_minor nbformat cells', 'notebook');
  check(notebook.nbformat === 4 && Number(notebook.nbformat_minor) >= 5, 'version');
  const { language_info: info, title } = notebook.metadata as Json;
  check(typeof (info as Json).name === 'string', 'language_info.name');
  check(title === undefined || typeof title === 'string', 'title');

  const ids = new Set<unknown>();
  for (const cell of notebook.cells as Json[]) {
    const where = `cell ${String(cell.id)}`;
    check(/^[a-zA-Z0-9-_]{1,64}$/.test(String(cell.id)), `${where}: id`);
    check(!ids.has(cell.id), `${where}: twice`);
    ids.add(cell.id);
    check(isText(cell.source), `${where}: source`);
    check(typeof cell.metadata === 'object' && cell.metadata !== null, `${where}: metadata`);
    if (cell.cell_type === 'code') {
      only(cell, 'id cell_type metadata source outputs execution_count', where);
      for (const output of cell.outputs as Json[]) checkOutput(output, where);
    } else {
      check(cell.cell_type === 'markdown' || cell.cell_type === 'raw', `${where}: type`);
      only(cell, 'id cell_type metadata source', where);
    }
  }
  return problems;

  function checkOutput(output: Json, where: string): void {
    if (output.output_type === 'error') {
      only(output, 'output_type ename evalue traceback', where);
      check(isText(output.traceback), `${where}: traceback`);
    } else {
      check(output.output_type === 'display_data', `${where}: output type`);
      only(output, 'output_type data metadata', where);
      check(Object.values(output.data as Json).every(isText), `${where}: data`);
    }
  }
}
