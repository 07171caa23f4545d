import { LevainError } from '../../base/problem';
import type { ColumnMapping } from '../../session/relink';
import { strings } from '../../ui/strings';
import type { Template } from '../templates';
import type { Workspace } from '../workspace.svelte';
import { askedElsewhere } from './consent';
import { fitsOf } from './of-one';
import { askRhythm } from '../../session/rhythm';
import { twoFitsOf } from './of-two';
import type { Half } from './parts';
import { fitted, fittedTwo } from './write';

/** Opens a template on the reader's file, or on several, once they have said which column is which, and runs it. */
export async function openFitted(workspace: Workspace, node: string, { id, title, load }: Template): Promise<void> {
  const entry = workspace.session?.data.entry(node);
  if (!entry?.file) return;
  const ask = ({ entry: of, proposed }: Half, more = ''): Promise<ColumnMapping | undefined> =>
    workspace.files.askColumns({
      fileName: of.fileName,
      columns: of.plan?.columns ?? [],
      proposed,
      words: {
        title: strings.fits.confirm(title, of.fileName),
        text: `${strings.fits.text}${more}`,
        action: strings.fits.action,
        parts: strings.fits.parts,
      },
    });

  const two = twoFitsOf(entry, workspace.data).find(({ fit }) => fit.template === id);
  if (two) {
    const orders = await ask(two.orders);
    if (!orders) return;
    const spends: ColumnMapping[] = [];
    for (const half of two.spends) {
      const spend = await ask(half, two.spends.length > 1 ? ` ${strings.fits.leaveOut}` : '');
      if (!spend) return;
      spends.push(spend);
    }
    if (spends.every(({ spend }) => spend === undefined))
      throw new LevainError({ code: 'no-spend', message: strings.fits.noSpend, hint: strings.fits.noSpendHint });
    const rhythms = await Promise.all(
      two.spends.map(({ entry: { table } }, i) => {
        const day = spends[i]!.day;
        return day === undefined ? ('day' as const) : askRhythm(workspace.session!.reader, table, day);
      }),
    );
    const used = [two.orders, ...two.spends.filter((_, i) => spends[i]!.spend !== undefined)];
    const files = used.flatMap(({ entry: { file } }) => file ?? []);
    return workspace.openOver(fittedTwo(await load(), two, { orders, spends, rhythms }), files);
  }
  const found = fitsOf(entry).find(({ fit }) => fit.template === id);
  const mapping = found && (await ask(found.half));
  if (!found || !mapping) return;
  const here = workspace.data.filter(({ file }) => file);
  const asked = askedElsewhere(found.fit.parts, found.half, mapping, here);
  const files = [entry, ...(asked ? [asked.entry] : [])].flatMap(({ file }) => file ?? []);
  await workspace.openOver(fitted(await load(), found, mapping, asked), files);
}
