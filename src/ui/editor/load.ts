type EditorModule = typeof import('./create');

let loading: Promise<EditorModule> | undefined;

/** Fetches the editor, once; the shell calls it when idle, so that the first key press is not lost. A failed try is made again. */
export function preloadEditor(): Promise<EditorModule> {
  loading ??= import('./create').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
