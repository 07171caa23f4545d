import { capital } from '../base/capital';

/** A notebook that comes with the page. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<string>;
}

const files = import.meta.glob<string>('../../notebooks/*.nb.md', { query: '?raw', import: 'default' });

/** The notebooks of `notebooks/`, by file name without its ending. Their texts are loaded when asked for. */
export const templates: readonly Template[] = Object.entries(files)
  .map(([path, load]) => ({ id: path.replace(/^.*\/|\.nb\.md$/g, ''), load }))
  .map(({ id, load }) => ({ id, title: titleOf(id), load }));

/** `weekly-performance` → `Weekly performance`, `rfm-audiences` → `RFM audiences`. */
function titleOf(id: string): string {
  return capital(id.replaceAll('-', ' ').replace(/\brfm\b/, 'RFM'));
}
