import { LevainError } from '../../base/problem';
import { escapeHtml } from '../html';
import { toBase64 } from '../base64';
import type { AppParts } from './parts';

/** Stands in the first line of such a page. */
export const PAGE_MARK = 'data-levain-page="1"';
export const NOTEBOOK_TYPE = 'levain/notebook';
export const PART_TYPE = 'levain/part';
/** The last element: what lacks it was cut short. */
export const END = '<script type="levain/end"></script>';
export const BOOT_ID = 'levain-boot';

/** Bytes of a packed notebook with its data; browsers hold the text of an element as one string. */
export const MOST_NOTEBOOK = 100e6;

/**
 * One HTML file that holds the app and a notebook, and opens by itself: a policy that lets nothing out, a script that puts
 * the page together, and parts as text that no browser runs. Throws `page-too-large`.
 *
 * @param notebook the notebook in a form that can be opened: an archive, or an encrypted file
 * @param id names the notebook in the storage of the browser that opens the page
 */
export async function writePage(app: AppParts, title: string, notebook: File, id: string): Promise<Blob> {
  const { policy, boot, style, entry, parts } = app;
  if (notebook.size > MOST_NOTEBOOK) {
    throw new LevainError({
      code: 'page-too-large',
      message: `The notebook and its data have ${Math.round(notebook.size / 1e6)} MB packed, and a page can hold ${MOST_NOTEBOOK / 1e6}.`,
      hint: 'Save it with data and results (zip): that opens in Levain.',
    });
  }
  if (/<\/(script|style)/i.test(boot + style)) throw new Error('A script or style sheet would end before its end.');
  const content = toBase64(new Uint8Array(await notebook.arrayBuffer()));
  const head = `<!doctype html>
<html lang="en" ${PAGE_MARK} data-id="${escapeHtml(id)}" data-entry="${escapeHtml(entry)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<script id="${BOOT_ID}">${boot}</script>
<style>${style}</style>
</head>
<body>
<div id="app"><p>Opening …</p></div>
<noscript><p>This page needs JavaScript.</p></noscript>
`;
  const held = `<script type="${NOTEBOOK_TYPE}" data-name="${escapeHtml(notebook.name)}">${content}</script>\n`;
  const rest = parts.map(
    (part) =>
      `<script type="${PART_TYPE}" data-name="${part.name}" data-kind="${part.kind}">${part.content}</script>\n`,
  );
  return new Blob([head, held, ...rest, END, '\n</body>\n</html>\n'], { type: 'text/html' });
}
