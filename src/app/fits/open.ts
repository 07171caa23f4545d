import { LevainError } from '../../base/problem';
import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import { strings } from '../../ui/strings';
import type { Template } from '../templates';
import type { Workspace } from '../workspace.svelte';
import { askedElsewhere } from './consent';
import { fitsOf } from './of-one';
import { askRhythm } from '../../session/rhythm';
import { adsOf, twoFitsOf, type SpendMapped } from './of-two';
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

  /** What each part of each file of ads is; undefined where the reader cancels. */
  const askSpends = async (halves: readonly Half[], leaveOut: boolean): Promise<SpendMapped | undefined> => {
    const spends: ColumnMapping[] = [];
    for (const half of halves) {
      const spend = await ask(half, leaveOut ? ` ${strings.fits.leaveOut}` : '');
      if (!spend) return undefined;
      spends.push(spend);
    }
    const rhythms = await Promise.all(
      halves.map(({ entry: { table } }, i) => {
        const day = spends[i]!.day;
        return day === undefined ? ('day' as const) : askRhythm(workspace.session!.reader, table, day);
      }),
    );
    return { spends, rhythms };
  };
  const filesOf = (entries: readonly DataEntry[]): readonly File[] => entries.flatMap(({ file }) => file ?? []);
  const spentOn = (halves: readonly Half[], { spends }: SpendMapped): readonly DataEntry[] =>
    halves.flatMap((half, i) => (spends[i]?.spend === undefined ? [] : [half.entry]));

  const two = twoFitsOf(entry, workspace.data).find(({ fit }) => fit.template === id);
  if (two) {
    const orders = await ask(two.orders);
    const mapped = orders && (await askSpends(two.spends, two.spends.length > 1));
    if (!mapped) return;
    const used = spentOn(two.spends, mapped);
    if (used.length === 0)
      throw new LevainError({ code: 'no-spend', message: strings.fits.noSpend, hint: strings.fits.noSpendHint });
    const text = fittedTwo(await load(), two, { orders, ...mapped });
    return workspace.openOver(text, filesOf([two.orders.entry, ...used]));
  }
  const found = fitsOf(entry).find(({ fit }) => fit.template === id);
  const mapping = found && (await ask(found.half));
  if (!found || !mapping) return;
  const others = workspace.data.filter((other) => other !== entry && other.status === 'ready' && other.profile);
  const ads = found.fit.ads ? adsOf(others) : { spends: [], undated: [] };
  const mapped = await askSpends(ads.spends, true);
  if (!mapped) return;
  const here = workspace.data.filter(({ file }) => file);
  const asked = askedElsewhere(found.fit.parts, found.half, mapping, here);
  const text = fitted(await load(), found, mapping, { asked, ads: { found: ads, mapped } });
  await workspace.openOver(text, filesOf([entry, ...(asked ? [asked.entry] : []), ...spentOn(ads.spends, mapped)]));
}
