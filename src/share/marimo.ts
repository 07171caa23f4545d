import type { Cell } from '../notebook/model';
import { parseNotebook } from '../notebook/parse';
import { codeAsProse } from './code-as-prose';
import { freshIds } from './fresh-ids';
import type { Imported } from './ipynb-read';

/** Whether a Markdown file is one of marimo's: its front matter names the version. */
export const isMarimo = (text: string): boolean => /^\uFEFF?---\r?\n(?:(?!---).*\r?\n)*?marimo-version:/.test(text);

const FENCE = /^(`{3,}|~{3,})/;
/** A fence of marimo: ```` ```sql {.marimo query="daily"} ````, ```` ```python {.marimo} ````, ```` ```{.python.marimo} ````. */
const OPENING = /^(`{3,}|~{3,})[ \t]*([\w.+-]*)[ \t]*\{([^}\n]*)\}[ \t]*$/;

/**
 * Reads a notebook that marimo saved as Markdown. SQL cells come over with the name of their result; Python cannot run
 * here and stands as text; prose is split where marimo splits it (`<!---->`).
 */
export function readMarimo(text: string): Imported {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r+\n/g, '\n');
  const lines = clean.split('\n');
  const end = lines.indexOf('---', 1) + 1;
  const { title } = parseNotebook(`${lines.slice(0, end).join('\n')}\n`).notebook;
  const nextId = freshIds();
  const cells: Cell[] = [];
  let python = 0;

  const addProse = (prose: readonly string[]): void => {
    // What looks like one of our cells is prose here too.
    for (const source of prose.join('\n').split(/^<!---->[ \t]*$/m)) {
      if (source.trim() !== '')
        cells.push({ id: nextId('text'), kind: 'md', source: source.replace(/^\s*\n|\s+$/g, '') });
    }
  };

  let prose: string[] = [];
  for (let at = end; at < lines.length;) {
    const opening = OPENING.exec(lines[at]!);
    const language = opening && languageOf(opening[2]!, opening[3]!);
    if (!opening || !language) {
      // A fence of another kind is passed over whole: what it shows of marimo is no cell.
      const taken = FENCE.test(lines[at]!) ? fenceLength(lines, at) : 1;
      prose.push(...lines.slice(at, at + taken));
      at += taken;
      continue;
    }
    addProse(prose);
    prose = [];
    const length = fenceLength(lines, at);
    const body = lines.slice(at + 1, at + length - (closes(lines[at + length - 1], opening[1]!) ? 1 : 0)).join('\n');
    const folded = /\bhide_code="true"/i.test(opening[3]!);
    if (language === 'sql') {
      const name = /\bquery="(\w+)"/.exec(opening[3]!)?.[1];
      cells.push({
        id: nextId(name ?? 'sql'),
        kind: 'sql',
        ...(name && { name }),
        source: body,
        ...(folded && { folded }),
      });
    } else {
      python += 1;
      cells.push({ id: nextId('python'), kind: 'md', source: codeAsProse(body, 'python') });
    }
    at += length;
  }
  addProse(prose);
  const notes =
    python > 0
      ? [
          `${python === 1 ? '1 cell' : `${python} cells`} in Python cannot run here and ${python === 1 ? 'stands' : 'stand'} as text.`,
        ]
      : [];
  return { notebook: { version: 1, title, files: [], cells }, notes };
}

function languageOf(word: string, attributes: string): 'sql' | 'python' | undefined {
  if (word === 'sql' && /\.marimo\b/.test(attributes)) return 'sql';
  const python = word === 'python' && /\bmarimo\b/.test(attributes);
  return python || /^\.?(python|marimo)\b/.test(attributes.trim()) ? 'python' : undefined;
}

const closes = (line: string | undefined, sign: string): boolean =>
  line !== undefined && line.startsWith(sign) && line.replaceAll(sign[0]!, '').trim() === '';

/** How many lines a fence takes with both its ends; to the end of the file where nothing closes it. */
function fenceLength(lines: readonly string[], at: number): number {
  const sign = FENCE.exec(lines[at]!)![1]!;
  const close = lines.findIndex((line, i) => i > at && closes(line, sign));
  return (close < 0 ? lines.length : close + 1) - at;
}
