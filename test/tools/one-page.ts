import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packArchive } from '../../src/share/archive';
import { appOfSite } from '../../src/share/page/app';
import { writePage } from '../../src/share/page/write';
import { BUILT } from './serve';

/** A page that holds a notebook and its data, as the built page would save it. */
export async function onePage(text: string, data: readonly File[] = []): Promise<string> {
  const app = await appOfSite(async (path) => new Response(readFileSync(join(BUILT, path))));
  const archive = await packArchive('Made', { text, data, results: [] });
  return (await writePage(app, 'Made', new File([archive], 'Made.zip'), 'madepage0001')).text();
}
