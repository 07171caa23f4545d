import ts from 'typescript';
import { pathOf, type NotebookFiles } from './notebook-files';

const SETTINGS: ts.FormatCodeSettings = {
  ...ts.getDefaultFormatCodeSettings('\n'),
  indentSize: 2,
  tabSize: 2,
  trimTrailingWhitespace: true,
  semicolons: ts.SemicolonPreference.Ignore,
};

/** A cell's text with its indentation and spaces in the usual form; lines are broken where they were. */
export function formatted(notebook: NotebookFiles, id: string): string {
  const { text, from, to } = notebook.module(id)!;
  const edits = notebook.service
    .getFormattingEditsForRange(pathOf(id), from, to, SETTINGS)
    .filter(({ span }) => span.start >= from && span.start + span.length <= to);
  const own = edits.reduceRight(
    (so, { span, newText }) => so.slice(0, span.start - from) + newText + so.slice(span.start - from + span.length),
    text.slice(from, to),
  );
  return own.replace(/[ \t]+$/gm, '').replace(/^\n+|\s+$/g, '');
}
