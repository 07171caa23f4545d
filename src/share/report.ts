import type { Cell, Notebook } from '../notebook/model';
import { drawingStyle } from '../output/drawing-style';
import { escapeHtml, outputHtml } from './html';
import { proseHtml } from './prose-html';
import { reportStyle } from './report-style';
import type { CellResult, Results } from './results';

export interface ReportOptions {
  /** The style sheet that names the page's colours and type. */
  readonly tokens: string;
  /** Whether the code of the cells stands above what they show. */
  readonly code: boolean;
  /** When it was made, in words. */
  readonly made: string;
}

/**
 * A notebook's text, tables and charts as one HTML file that needs nothing else and has no script: it opens in any
 * browser, without a network, and prints. Its own policy forbids whatever could load or run, so that a report of a
 * hostile notebook is as harmless as a picture of it.
 */
export function renderReport(notebook: Notebook, results: Results, { tokens, code, made }: ReportOptions): string {
  const title = notebook.title || 'Untitled';
  const sections = notebook.cells.flatMap((cell) => sectionOf(cell, results.get(cell.id), code));
  // A first heading that says the title need not say it twice.
  const [first] = notebook.cells;
  const titled = first?.kind === 'md' && first.source.trim().split('\n')[0] === `# ${title}`;
  return `<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
${GENERATOR}
<title>${escapeHtml(title)}</title>
<style>${[tokens, drawingStyle, reportStyle].join('\n').replace(/<\//g, '<\\/')}</style>
</head>
<body>
<header>
${titled ? '' : `<h1>${escapeHtml(title)}</h1>\n`}<p class="made">${escapeHtml(made)}</p>
</header>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

const GENERATOR = '<meta name="generator" content="Levain">';

/** Whether a page is one of {@link renderReport}. */
export const isReport = (html: string): boolean => html.slice(0, 2_000).includes(GENERATOR);

/** A number is passed on only with what is known against it. */
const OUTDATED = 'Worked out before the last change, and not since.';

function sectionOf(cell: Cell, result: CellResult | undefined, code: boolean): string[] {
  const parts: string[] = [];
  if (cell.kind === 'md') parts.push(proseHtml(result?.parts ?? [cell.source], result?.values));
  else if (code && cell.source.trim() !== '') parts.push(`<pre class="code">${escapeHtml(cell.source)}</pre>`);
  if (cell.name && result?.outputs.some(({ type }) => type === 'rows')) {
    parts.push(`<p class="name">${escapeHtml(cell.name)}</p>`);
  }
  parts.push(...(result?.outputs ?? []).map(outputHtml));
  if (result?.outdated) parts.push(`<p class="note">${OUTDATED}</p>`);
  if (result?.problem) parts.push(`<p class="problem">${escapeHtml(result.problem.message)}</p>`);
  const content = parts.filter((part) => part !== '').join('\n');
  return content === '' ? [] : [`<section>\n${content}\n</section>`];
}
