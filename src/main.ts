import { mount } from 'svelte';
import App from './app/App.svelte';
import { applyTheme } from './app/theme';
import { Workspace } from './app/workspace.svelte';
import { titleAndFiles } from './session/describe-text';
import { KeptFiles } from './session/storage/kept-files';
import { NotebookStore } from './session/storage/notebook-store';
import { Settings } from './session/storage/settings';
import './ui/base.css';
import { preloadEditor } from './ui/editor/load';

const settings = new Settings();
applyTheme(settings.get('theme') ?? 'system');
const store = new NotebookStore({ describe: titleAndFiles });
const kept = new KeptFiles(store.database, settings);
const loadSession = () => import('./session/open');
const workspace = new Workspace(store, kept, settings, async () => (await loadSession()).openSession);
mount(App, { target: document.getElementById('app')!, props: { workspace, settings } });
void workspace.start();
// The database takes longest to start, so it starts while the reader looks at the page.
void loadSession().then(({ warmUp }) => {
  if (!workspace.session) warmUp();
});

// What the first keystroke needs, and what is needed without a network.
const whenIdle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200));
whenIdle(() => {
  void preloadEditor();
  if (import.meta.env.PROD) {
    void import('./app/offline').then(({ keepOffline }) =>
      keepOffline((change) =>
        workspace.notify('A newer version of Levain is here.', 'info', { label: 'Reload', run: change }),
      ),
    );
  }
});
