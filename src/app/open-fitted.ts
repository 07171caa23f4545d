import type { ColumnMapping } from '../session/relink';
import type { DataEntry } from '../session/data-files';
import { strings } from '../ui/strings';
import { fitsOf, fitted, mappingSource, rolesOfFile } from './fits';
import { fittedTwo, twoFitsOf } from './fits-of-two';
import type { Template } from './templates';
import type { Workspace } from './workspace.svelte';

/** Opens a template on the reader's file, or on two, once they have said which column is which, and runs it. */
export async function openFitted(workspace: Workspace, node: string, { id, title, load }: Template): Promise<void> {
  const entry = workspace.session?.data.entry(node);
  if (!entry?.file) return;
  const ask = (of: DataEntry, proposed: ColumnMapping): Promise<ColumnMapping | undefined> =>
    workspace.files.askColumns({
      fileName: of.fileName,
      columns: of.plan?.columns ?? [],
      proposed,
      words: {
        title: strings.fits.confirm(title, of.fileName),
        text: strings.fits.text,
        action: strings.fits.action,
      },
    });

  const two = twoFitsOf(entry, workspace.data).find(({ fit }) => fit.template === id);
  if (two) {
    const orders = await ask(two.orders.entry, two.orders.proposed);
    const spend = orders && (await ask(two.spend.entry, two.spend.proposed));
    if (!orders || !spend) return;
    const files = [two.orders.entry, two.spend.entry].flatMap(({ file }) => file ?? []);
    return workspace.openOver(fittedTwo(await load(), two, { orders, spend }), files);
  }
  const roles = rolesOfFile(entry);
  const found = fitsOf(roles).find(({ fit }) => fit.template === id);
  const mapping = found && (await ask(entry, found.proposed));
  if (!found || !mapping) return;
  const source = mappingSource(found.fit, entry.table, mapping, roles.refund);
  await workspace.openOver(fitted(await load(), found.fit, entry, source), [entry.file]);
}
