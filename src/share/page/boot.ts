import { OWN_PAGE_KEY, type OwnPage } from '../../base/own-page';
import { fromBase64 } from '../base64';
import type { PartKind } from './parts';
import { IMPORTED } from './rewrite';

/**
 * The only script that a page of one file states openly; its hash stands in the page's policy. It waits for the whole of
 * the file, unpacks the parts (gzip's checksum finds what was changed on the way), makes an address for each, and begins
 * with the module that the page names. Where the file is not whole it says so, and nothing of it runs.
 */
document.addEventListener('DOMContentLoaded', () => {
  open().catch(refuse);
});

function refuse(error: unknown): void {
  console.error(error);
  say('This page is not whole: it was cut short or changed on its way. Ask for it again.');
}

async function open(): Promise<void> {
  if (typeof DecompressionStream === 'undefined') {
    return say('This browser is too old for this page. Open it in a newer one.');
  }
  if (!document.querySelector('script[type="levain/end"]')) throw new Error('The end is missing.');
  const addresses = new Map<string, string>();
  const scripts = new Map<string, string>();
  const modules = new Map<string, Promise<WebAssembly.Module>>();

  const parts = [...document.querySelectorAll<HTMLScriptElement>('script[type="levain/part"]')].map((element) => {
    const { name = '', kind } = element.dataset;
    return { name, kind: kind as PartKind, content: element.text };
  });
  for (const { name, kind, content } of parts) {
    if (kind === 'packed') addresses.set(name, `data:application/gzip;base64,${content}`);
    else if (kind === 'font') addresses.set(name, `data:font/woff2;base64,${content}`);
    else if (kind !== 'module') addresses.set(name, `levain:${name}`);
    if (kind === 'wasm') modules.set(addresses.get(name)!, WebAssembly.compileStreaming(unpacked(content)));
  }
  // It is compiled while the page is shown. Where memory lacks, whoever asks for it says so.
  for (const module of modules.values()) {
    module.catch((error: unknown) => (error instanceof RangeError ? undefined : refuse(error)));
  }

  const texts = await Promise.all(
    parts.map(({ kind, content }) => (kind === 'module' || kind === 'script' ? unpacked(content).text() : '')),
  );
  parts.forEach(({ name, kind }, at) => {
    if (kind === 'script') scripts.set(addresses.get(name)!, texts[at]!);
    if (kind !== 'module') return;
    const code = texts[at]!.replace(IMPORTED, (_, imported: string) => `"${address(imported)}"`);
    addresses.set(name, URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  });

  function address(part: string): string {
    const found = addresses.get(part);
    if (found === undefined) throw new Error(`The page has no part ${part}.`);
    return found;
  }

  const { id = '', entry = '' } = document.documentElement.dataset;
  const held = document.querySelector<HTMLScriptElement>('script[type="levain/notebook"]')!;
  const page: OwnPage = {
    notebook: {
      id,
      file: new File([fromBase64(held.text)], held.dataset.name!),
    },
    address,
    script: (at) => scripts.get(at),
    module: (at) => modules.get(at),
  };
  Object.defineProperty(globalThis, OWN_PAGE_KEY, { value: page });
  // Taken away by what was found in the meantime.
  const place = document.getElementById('app');
  if (!place) return;
  place.replaceChildren();
  await import(/* @vite-ignore */ address(entry));
}

function unpacked(content: string): Response {
  const stream = new Blob([fromBase64(content)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'content-type': 'application/wasm' } });
}

/** In place of everything, also of an app that has begun. */
function say(text: string): void {
  const line = document.createElement('p');
  line.setAttribute('role', 'alert');
  line.textContent = text;
  document.body.replaceChildren(line);
}
