import { ownPage } from './own-page';

/**
 * Starts a classic worker from its source, through a blob.
 *
 * A worker loaded from a network URL does not inherit the page's `<meta>` content security policy; one started from a
 * blob does. So every worker of the app is started here.
 */
export function startWorker(source: string, name: string): Worker {
  return new Worker(scriptUrl(source), { name });
}

/** The address of a worker's source. It holds for half a minute. */
export function scriptUrl(source: string): string {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  // The script is read when the worker starts, so the address may go once that has surely happened.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
  return url;
}

/**
 * The script at an absolute address, for a worker that starts where nothing can be fetched. Not in a module, and not as text:
 * the browser would compile a literal of a megabyte and keep it compiled, or decode and copy it, on the page's thread.
 * Rejects where it cannot be fetched.
 */
export async function scriptFile(url: string): Promise<string | Blob> {
  const own = ownPage()?.script(url);
  if (own !== undefined) return own;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`A part of the page is not there (${response.status}: ${url}). Reload the page.`);
  return response.blob();
}

/** The source of a worker that runs the script at an absolute address. On the UI thread only. */
export function scriptAt(url: string): string {
  return ownPage()?.script(url) ?? `importScripts(${JSON.stringify(url)});`;
}
