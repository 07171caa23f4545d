import { mount } from 'svelte';
import App from './app/App.svelte';
import { applyTheme } from './app/theme';
import { Workspace } from './app/workspace.svelte';
import { titleAndFiles } from './session/describe-text';
import { NotebookStore } from './session/storage/notebook-store';
import { KeptFiles } from './session/storage/kept-files';
import { Settings } from './session/storage/settings';
import './ui/base.css';

const settings = new Settings();
applyTheme(settings.get('theme') ?? 'system');
const store = new NotebookStore({ describe: titleAndFiles });
const kept = new KeptFiles(store.database, settings);
const workspace = new Workspace(store, kept, settings, async () => (await import('./session/open')).openSession);
mount(App, { target: document.getElementById('app')!, props: { workspace, settings } });
void workspace.start();
if (import.meta.env.PROD) {
  void import('./app/offline').then(({ keepOffline }) =>
    keepOffline((change) =>
      workspace.notify('A newer version of Levain is here.', 'info', { label: 'Reload', run: change }),
    ),
  );
}
