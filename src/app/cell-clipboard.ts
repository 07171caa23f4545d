import { LevainError } from '../base/problem';
import { newCellId } from '../notebook/edit';
import type { Edit } from '../notebook/apply';
import type { Cell } from '../notebook/model';
import { parseNotebook } from '../notebook/parse';
import { printCells } from '../notebook/print';
import { readClipboard } from '../session/clipboard';
import { strings } from '../ui/strings';
import { removeCell } from './cell-moves';
import { freeName, takenNames } from './free-name';
import type { Workspace } from './workspace.svelte';

/** Whether a text begins as a cell does in a notebook's file. */
const holdsCells = (text: string): boolean =>
  /^\s*(?:<!-- cell\b|(?:`{3,}|~{3,})(?:sql|ts|csv|check|metric) .*\bid=)/.test(text);

/** Several rows of a spreadsheet: one column has neither tabs nor commas in its text. */
const holdsTable = (text: string, html: string): boolean =>
  /[\t,;].*[\r\n]/.test(text) || /<table[\s\S]*<tr[\s\S]*<tr/i.test(html);

/** Takes what is pasted outside any text field, cells or a table; says whether it was either. */
export function takePasted(workspace: Workspace, text: string, html: string): boolean {
  if (workspace.notebook && holdsCells(text)) pasteCells(workspace, text);
  else if (holdsTable(text, html)) void workspace.receivePaste(text, html);
  else return false;
  return true;
}

/** Reads what the clipboard holds as a table, where the browser lets the page look. */
export async function pasteTable(workspace: Workspace): Promise<void> {
  const words = strings.page.clipboard;
  await workspace.notices.attempt(async () => {
    const { text, html } = await clipboard();
    // Who asks for a table may mean one of a single column.
    if (holdsTable(text, html) || /\S[^\S\n]*\n\s*\S/.test(text)) await workspace.receivePaste(text, html);
    else workspace.notices.notify(words.empty, 'problem');
  });
}

/** Puts the cells that the clipboard holds below the selected one. */
export async function pasteFromClipboard(workspace: Workspace): Promise<void> {
  await workspace.notices.attempt(async () => {
    const { text } = await clipboard();
    if (holdsCells(text)) pasteCells(workspace, text);
    else workspace.notices.notify(strings.page.clipboard.noCells, 'problem');
  });
}

/** Puts a cell into the clipboard, as it stands in the notebook's file, and takes it away where it is cut. */
export async function copyCell(workspace: Workspace, id: string, cut = false): Promise<void> {
  const text = textOf(workspace, id);
  if (text === undefined) return;
  await workspace.notices.attempt(async () => {
    await navigator.clipboard.writeText(text);
    copied(workspace, id, cut);
  });
}

/** The browser's own copy or cut: of the selected cell, where the keyboard is on it and no text is selected. */
export function copyEvent(workspace: Workspace, event: ClipboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  const id = workspace.selected;
  if (id === null || workspace.view !== 'cells' || !target?.closest('section.cell')) return;
  if (target.closest('input, textarea, [contenteditable="true"], [role="grid"]')) return;
  if (getSelection()?.isCollapsed === false) return;
  const text = textOf(workspace, id);
  if (text === undefined) return;
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
  copied(workspace, id, event.type === 'cut');
}

function copied(workspace: Workspace, id: string, cut: boolean): void {
  if (cut) removeCell(workspace, id);
  else workspace.notices.notify(strings.page.cellCopied);
}

/** With an id of its own, by which prose too is known for a cell when it is pasted. */
function textOf({ notebook }: Workspace, id: string): string | undefined {
  const cell = notebook?.cells.find((candidate) => candidate.id === id);
  return cell && printCells([{ ...cell, id: newCellId(notebook!.cells) }]);
}

function pasteCells(workspace: Workspace, text: string): void {
  const cells = workspace.notebook?.cells ?? [];
  const at = cells.findIndex(({ id }) => id === workspace.selected);
  const taken = takenNames(workspace);
  const all = [...cells];
  const pasted = parseNotebook(text).notebook.cells.map(({ name, ...rest }): Cell => {
    const free = name !== undefined && taken.has(name.toLowerCase()) ? freeName(workspace, name, 2, taken) : name;
    const cell = { ...rest, id: newCellId(all), ...(free !== undefined && { name: free }) };
    if (free !== undefined) taken.add(free.toLowerCase());
    all.push(cell);
    return cell;
  });
  const edits: Edit[] = pasted.map((cell, i) => ({
    type: 'insert',
    index: at < 0 ? cells.length + i : at + 1 + i,
    cell,
  }));
  if (workspace.edit({ type: 'group', edits })) workspace.selected = pasted.at(-1)?.id ?? workspace.selected;
}

async function clipboard(): Promise<{ text: string; html: string }> {
  const words = strings.page.clipboard;
  return readClipboard().catch(() => {
    throw new LevainError({ code: 'no-clipboard', message: words.refused, hint: words.hint });
  });
}
