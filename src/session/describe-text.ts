import { parseNotebook } from '../notebook/parse';

/** What a list of notebooks shows of a notebook's text. Never throws: a broken text has a title too. */
export function titleAndFiles(text: string): { title: string; files: readonly string[] } {
  const { notebook } = parseNotebook(text);
  return { title: notebook.title || 'Untitled', files: notebook.files.map((file) => file.name) };
}
