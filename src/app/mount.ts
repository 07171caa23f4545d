import { locale } from '../base/locale';
import { ownPage } from '../base/own-page';
import { strings } from '../ui/strings';
import { mount } from 'svelte';
import App from './App.svelte';
import { Past } from './past.svelte';
import { applyTheme } from './theme';
import { Workspace } from './workspace.svelte';
import { titleAndFiles } from '../session/describe-text';
import { practiseAhead, warmUp } from '../session/warm';
import { KeptFiles } from '../session/storage/kept-files';
import { NotebookStore } from '../session/storage/notebook-store';
import { RunLog } from '../session/storage/run-log';
import { Settings } from '../session/storage/settings';
import { preloadEditor } from '../ui/editor/load';
import { whenIdle } from '../ui/when-idle';

/** A reader who comes to open a notebook has opened it by then; who looks for a file to drop has not. */
const PRACTICE_AFTER_MILLISECONDS = 1_000;

/** Shows the page. What can wait does so until `ready` settles. */
export function mountApp(target: HTMLElement, ready: Promise<void>): void {
  const settings = new Settings();
  applyTheme(settings.get('theme') ?? 'system');
  const store = new NotebookStore({ describe: titleAndFiles });
  const kept = new KeptFiles(store.database, settings);
  const workspace = new Workspace(store, kept, settings, async () => (await import('../session/open')).openSession);
  const sha256 = async (content: Blob): Promise<string> =>
    (await import('../session/storage/hash')).sha256OfFile(content);
  const past = new Past(
    workspace,
    store,
    new RunLog(store.database, { sha256, atRest: async () => workspace.session?.atRest() }),
  );
  workspace.onLeft = () => void warmUp();
  mount(App, { target, props: { workspace, settings, past } });
  void workspace.start();
  void ready.then(() => {
    // What the first file and the first keystroke need, and what is needed without a network: a moment each.
    whenIdle(() => void import('../session/open'));
    whenIdle(() => void preloadEditor());
    whenIdle(warmNumbers);
    if (import.meta.env.PROD && !ownPage()) whenIdle(() => void stayOffline(workspace));
    setTimeout(() => whenIdle(() => void practiseAhead()), PRACTICE_AFTER_MILLISECONDS);
  });
}

/** The first number that is written waits for the browser to read how its language writes them, as long as for a drawing. */
function warmNumbers(): void {
  new Intl.NumberFormat(locale()).format(0);
}

async function stayOffline(workspace: Workspace): Promise<void> {
  const { keepOffline } = await import('./offline');
  keepOffline((change) =>
    workspace.notices.notify(strings.page.newer, 'info', { label: strings.page.reload, run: change }),
  );
}
