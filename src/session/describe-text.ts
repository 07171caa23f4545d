import { parseNotebook } from '../notebook/parse';

/** A longer title would bury the others of a list. */
const LONGEST = 200;
/** Signs that turn the direction of what follows, beyond the title itself. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** What a list of notebooks shows of a notebook's text. Never throws: a broken text has a title too. */
export function titleAndFiles(text: string): { title: string; files: readonly string[] } {
  const { notebook } = parseNotebook(text);
  const title = notebook.title
    .slice(0, 10 * LONGEST)
    .replace(TURNING, '')
    .trim();
  const shown = title.length > LONGEST ? `${title.slice(0, LONGEST)}…` : title;
  return { title: shown || 'Untitled', files: notebook.files.map((file) => file.name) };
}
