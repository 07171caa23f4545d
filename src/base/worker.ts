/**
 * Starts a classic worker from its source, through a blob.
 *
 * A worker loaded from a network URL does not inherit the page's `<meta>` content security policy; one started from a
 * blob does. So every worker of the app is started here.
 */
export function startWorker(source: string, name: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url, { name });
  // The script is read when the worker starts, so the address may go once that has surely happened.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
  return worker;
}

/** The source of a worker that runs the script at an absolute address. */
export function scriptAt(url: string): string {
  return `importScripts(${JSON.stringify(url)});`;
}
