import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, simplifySelection } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { markdown } from '@codemirror/lang-markdown';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches } from '@codemirror/search';
import { Compartment, EditorState, Prec, Text, Transaction, type Extension } from '@codemirror/state';
import { drawSelection, dropCursor, EditorView, keymap, placeholder, type Command } from '@codemirror/view';
import type { Problem } from '../../base/problem';
import type { CellKind } from '../../notebook/model';
import type { Assists, Finding, SqlAssist } from './assist';
import { caretInSight } from './caret-in-sight';
import { completeNames } from './complete';
import { findingOf } from './diagnostic';
import { DuckDB } from './duckdb';
import { folding } from './folding';
import { manyCarets } from './many-carets';
import { hoverHelp } from './hover';
import { Marks } from './marks';
import { nameKeys } from './name-keys';
import type { EditorName } from './names';
import { completeByTypes, completeSql } from './offers';
import { signatureTooltip } from './signature';
import { theme } from './theme';

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly kind: CellKind;
  readonly source: string;
  readonly label: string;
  readonly placeholder: string;
  /** The text can be read, selected and copied, not changed. */
  readonly readonly: boolean;
  readonly names: () => readonly EditorName[];
  /** What knows the cell's language; each is asked only while the cell is of its kind. */
  readonly assists?: Assists | undefined;
  readonly onchange: (source: string) => void;
  /** Shift-Enter runs and goes `next`, Mod-Enter runs and `stay`s, Alt-Enter runs and `insert`s a cell below. */
  readonly onrun: (then: 'next' | 'stay' | 'insert') => void;
  readonly onescape: () => void;
  /** Where the caret stands now. */
  readonly oncaret?: (offset: number) => void;
  /** The caret was moved past the first or the last line. */
  readonly onexit: (direction: 'up' | 'down') => void;
}

export interface EditorHandle {
  setSource(source: string): void;
  setKind(kind: CellKind): void;
  setReadonly(readonly: boolean): void;
  setProblem(problem: Problem | undefined): void;
  /** Gives the text the keyboard, with the caret at `offset` and what lies between it and `anchor` selected. */
  focus(offset?: number, anchor?: number): void;
  /** Types a text at the caret. */
  insert(text: string): void;
  destroy(): void;
}

/** Makes a CodeMirror editor in `parent`. */
export function createEditor(options: EditorOptions): EditorHandle {
  const language = new Compartment();
  const access = new Compartment();
  const marks = new Marks();
  let present = options.kind;
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({ doc: options.source, extensions: extensions(options, marks, language, access) }),
  });
  return {
    setSource: (source) => replace(view, source),
    setKind(kind) {
      // Told after every letter; what the language set up would be lost each time.
      if (kind === present) return;
      present = kind;
      view.dispatch({ effects: language.reconfigure(languageOf(kind, options, marks)) });
    },
    setReadonly: (readonly) => view.dispatch({ effects: access.reconfigure(EditorState.readOnly.of(readonly)) }),
    setProblem: (problem) => marks.setProblem(view, problem),
    focus(offset, anchor = offset) {
      view.focus();
      if (offset === undefined || anchor === undefined) return;
      const { length } = view.state.doc;
      const selection = { anchor: Math.min(anchor, length), head: Math.min(offset, length) };
      view.dispatch({ selection, scrollIntoView: true });
    },
    insert: (text) => text !== '' && !view.state.readOnly && view.dispatch(view.state.replaceSelection(text)),
    destroy: () => view.destroy(),
  };
}

function extensions(options: EditorOptions, marks: Marks, language: Compartment, access: Compartment): Extension {
  return [
    Prec.highest(keymap.of(cellKeys(options))),
    history(),
    drawSelection(),
    dropCursor(),
    indentOnInput(),
    bracketMatching(),
    manyCarets,
    folding,
    closeBrackets(),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    indentUnit.of('  '),
    EditorView.lineWrapping,
    placeholder(options.placeholder),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...lintKeymap,
      indentWithTab,
      ...defaultKeymap,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': options.label }),
    EditorView.updateListener.of((update) => {
      const ours = update.transactions.every((transaction) => transaction.annotation(Transaction.remote));
      if (update.docChanged && !ours) options.onchange(update.state.doc.toString());
      if (update.selectionSet || update.docChanged) options.oncaret?.(update.state.selection.main.head);
    }),
    access.of(EditorState.readOnly.of(options.readonly)),
    language.of(languageOf(options.kind, options, marks)),
    caretInSight,
    theme,
  ];
}

/** Only the changed middle is replaced, so that the caret stays where the reader left it. */
function replace(view: EditorView, source: string): void {
  const old = view.state.doc.toString();
  if (old === source) return;
  let from = 0;
  while (from < old.length && from < source.length && old[from] === source[from]) from++;
  let end = 0;
  while (end < old.length - from && end < source.length - from && old.at(-1 - end) === source.at(-1 - end)) end++;
  view.dispatch({
    changes: { from, to: old.length - end, insert: source.slice(from, source.length - end) },
    // It is the editor's to undo as well: a name given elsewhere, a text formatted.
    annotations: Transaction.remote.of(true),
  });
}

function languageOf(kind: CellKind, options: EditorOptions, marks: Marks): Extension {
  const byNames = completeNames(kind, options.names);
  const completing = (...override: CompletionSource[]): Extension => autocompletion({ override, icons: false });
  const { assists } = options;
  if (kind === 'sql') {
    const colors = sql({ dialect: DuckDB, upperCaseKeywords: true });
    if (!assists) return [colors, completing(byNames)];
    return [
      colors,
      completing(completeSql(assists.sql, byNames)),
      hoverHelp((text, at) => assists.sql.hover(text, at)),
      nameKeys(assists.sql),
      marks.checking(problemsBy(assists.sql)),
    ];
  }
  if (kind === 'ts') {
    const colors = javascript({ typescript: true });
    if (!assists) return [colors, completing(byNames)];
    const assist = assists.ts;
    return [
      colors,
      completing(completeByTypes(assist, byNames)),
      hoverHelp((text, at) => assist.hover(text, at)),
      signatureTooltip(assist),
      nameKeys(assist),
      marks.checking((text) => assist.check(text)),
    ];
  }
  if (kind === 'md') return markdown();
  // A check and a metric are written in names of tables and columns.
  return kind === 'csv' ? [] : [sql({ dialect: DuckDB }), completing(byNames)];
}

function problemsBy(assist: SqlAssist) {
  return async (text: string): Promise<readonly Finding[]> => {
    const problem = await assist.check(text);
    const finding = problem && findingOf(problem, Text.of(text.split('\n')));
    return finding ? [finding] : [];
  };
}

function cellKeys(options: EditorOptions) {
  const run =
    (then: 'next' | 'stay' | 'insert'): Command =>
    (view) => {
      closeCompletion(view);
      options.onrun(then);
      return true;
    };
  return [
    { key: 'Shift-Enter', run: run('next') },
    { key: 'Mod-Enter', run: run('stay') },
    { key: 'Alt-Enter', run: run('insert') },
    { key: 'ArrowUp', run: exit('up', options) },
    { key: 'ArrowDown', run: exit('down', options) },
    { key: 'Escape', run: escape(options) },
  ];
}

function exit(direction: 'up' | 'down', options: EditorOptions): Command {
  return (view) => {
    const { main } = view.state.selection;
    const edge = direction === 'up' ? 0 : view.state.doc.length;
    if (!main.empty || main.head !== edge || view.dom.querySelector('.cm-tooltip-autocomplete')) return false;
    options.onexit(direction);
    return true;
  };
}

/** Escape closes a completion list and lets go of further carets first; only then it leaves the text. */
function escape(options: EditorOptions): Command {
  return (view) => {
    if (view.dom.querySelector('.cm-tooltip-autocomplete')) return false;
    if (view.state.selection.ranges.length > 1) return simplifySelection(view);
    options.onescape();
    return true;
  };
}
