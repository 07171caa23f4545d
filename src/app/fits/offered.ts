import type { DataEntry } from '../../session/data-files';
import { templates, type Template } from '../templates';
import type { Workspace } from '../workspace.svelte';
import { fitsOf } from './of-one';
import { twoFitsOf } from './of-two';

/** The templates that a file has the columns for, by itself or with another of those here. */
export function templatesFor(entry: DataEntry, data: readonly DataEntry[]): readonly Template[] {
  const fitting = [...fitsOf(entry), ...twoFitsOf(entry, data)].map(({ fit }) => fit.template);
  return fitting.flatMap((name) => templates.find(({ id }) => id === name) ?? []);
}

/** Opens a template over a file. What writes it is fetched by then. */
export function openOver(workspace: Workspace, node: string, template: Template): void {
  void workspace.notices.attempt(async () => (await import('./open')).openFitted(workspace, node, template));
}
