import { LevainError } from '../../base/problem';
import { toBase64 } from '../base64';
import { forPage } from './rewrite';
import type { AppParts, PagePart, PartKind, SiteParts } from './parts';
import { BOOT_ID, PART_TYPE } from './write';

/**
 * The app as parts for a page that is one file, fetched from where the open page was: from the host, or from what is kept
 * for going offline. Rejects with `page-parts` where one cannot be had as the build made it.
 *
 * @param get fetches an address beside the page
 */
export async function appOfSite(get: (path: string) => Promise<Response>): Promise<AppParts> {
  const { policy, boot, style, entry, parts } = (await (await fetched(get, 'parts.json')).json()) as SiteParts;
  const names = new Set(parts.map(({ path }) => nameOf(path)));
  const packed = await Promise.all(
    parts.map(async ({ path, kind, bytes }): Promise<PagePart> => {
      const content = await (await fetched(get, path)).blob();
      if (content.size !== bytes) throw unlike(path);
      return { name: nameOf(path), kind, content: await packed64(content, kind, names) };
    }),
  );
  const sheet = await (await fetched(get, style)).text();
  const dressed = sheet.replace(/url\(\.\/([\w.-]+\.woff2)\)/g, (whole, name: string) => {
    const font = packed.find((part) => part.name === name);
    return font ? `url(data:font/woff2;base64,${font.content})` : whole;
  });
  // A font of the style sheet is in it now.
  return { policy, boot, entry, style: dressed, parts: packed.filter(({ name }) => !sheet.includes(`url(./${name})`)) };
}

/** The app of a page that is one file, from the page itself. */
export function appOfPage(document: Document): AppParts {
  const parts = [...document.querySelectorAll<HTMLScriptElement>(`script[type="${PART_TYPE}"]`)].map((element) => ({
    name: element.dataset.name!,
    kind: element.dataset.kind as PartKind,
    content: element.text,
  }));
  return {
    policy: document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')!.content,
    boot: document.querySelector<HTMLScriptElement>(`#${BOOT_ID}`)!.text,
    style: document.querySelector('style')!.textContent,
    entry: document.documentElement.dataset.entry!,
    parts,
  };
}

async function packed64(content: Blob, kind: PartKind, names: ReadonlySet<string>): Promise<string> {
  if (kind === 'font') return toBase64(new Uint8Array(await content.arrayBuffer()));
  const whole = kind === 'module' ? new Blob([forPage(await content.text(), names)]) : content;
  const packed = whole.stream().pipeThrough(new CompressionStream('gzip'));
  return toBase64(new Uint8Array(await new Response(packed).arrayBuffer()));
}

async function fetched(get: (path: string) => Promise<Response>, path: string): Promise<Response> {
  const response = await get(path).catch((cause: unknown) => {
    throw unlike(path, cause);
  });
  if (!response.ok) throw unlike(path);
  return response;
}

const nameOf = (path: string): string => path.split('/').at(-1)!;

const unlike = (path: string, cause?: unknown): LevainError =>
  new LevainError(
    {
      code: 'page-parts',
      message: `A part of Levain could not be had as it was built (${path}).`,
      hint: 'There may be a newer version by now, or no network: reload the page and save again.',
    },
    { cause },
  );
