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

/** More than any difference of spelling counts. */
const TABLE_FIRST = 99;

const functions: readonly Completion[] = duckdbFunctions.map((label) => ({ label, type: 'function', boost: -1 }));

/**
 * Offers the names the notebook knows; in SQL a name that is not plain lower-case words is put in quotes. After FROM and
 * JOIN tables come first. A word that is whole already is not offered.
 */
export function completeNames(kind: CellKind, names: () => readonly EditorName[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(WORD);
    if (!word && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    const wantsTable = kind === 'sql' && TABLE_PLACE.test(context.state.sliceDoc(0, from));
    const known = names().map((name) => completion(name, kind, wantsTable));
    const all = kind === 'sql' ? [...known, ...functions] : known;
    const whole = new Set(all.map((option) => option.label));
    return {
      from,
      options: all.filter((option) => option.label !== word?.text),
      validFor: (text) => PART.test(text) && !whole.has(text),
    };
  };
}

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/u;
const PART = /^[\p{L}\p{N}_$]*$/u;
/** The text before ends where a table's name is due: after FROM or JOIN, or after a comma in a list of tables. */
const TABLE_PLACE = /\b(?:from|join)\s+(?:[\p{L}\p{N}_$"]+(?:\s+(?:as\s+)?[\p{L}\p{N}_$"]+)?\s*,\s*)*$/iu;

function completion(name: EditorName, kind: CellKind, wantsTable: boolean): Completion {
  const apply = kind === 'sql' && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name.label) ? quoted(name.label) : name.label;
  return {
    label: name.label,
    apply,
    type: types[name.kind],
    boost: wantsTable && name.kind === 'table' ? TABLE_FIRST : boost[name.kind],
    ...(name.detail === undefined ? {} : { detail: name.detail }),
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
