import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { CellKind } from '../../notebook/model';
import { duckdbFunctions } from './duckdb';
import type { EditorName } from './names';

const types: Record<EditorName['kind'], string> = {
  table: 'class',
  column: 'property',
  cell: 'variable',
  function: 'function',
  value: 'constant',
};
const boost: Record<EditorName['kind'], number> = { column: 3, table: 2, cell: 2, value: 1, function: 0 };

const functions: readonly Completion[] = duckdbFunctions.map((label) => ({ label, type: 'function', boost: -1 }));

/** Offers the names the notebook knows; in SQL a name that is not plain lower-case words is put in quotes. */
export function completeNames(kind: CellKind, names: () => readonly EditorName[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\p{L}_$][\p{L}\p{N}_$]*/u);
    if (!word && !context.explicit) return null;
    const known = names().map((name) => completion(name, kind));
    return {
      from: word?.from ?? context.pos,
      options: kind === 'sql' ? [...known, ...functions] : known,
      validFor: /^[\p{L}\p{N}_$]*$/u,
    };
  };
}

function completion(name: EditorName, kind: CellKind): Completion {
  const apply = kind === 'sql' && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name.label) ? quoted(name.label) : name.label;
  return {
    label: name.label,
    apply,
    type: types[name.kind],
    boost: boost[name.kind],
    ...(name.detail === undefined ? {} : { detail: name.detail }),
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
