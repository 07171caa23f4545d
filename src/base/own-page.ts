/**
 * What a page that is one file holds of itself; `share/page` writes such files. Addresses are of its own making: from a
 * file neither a worker nor a module can be fetched, not even by a blob's address within a worker.
 */
export interface OwnPage {
  /** The notebook that came with the page, in any form that can be opened, and its id in this browser's storage. */
  readonly notebook: { readonly id: string; readonly file: File };
  /** The address of a part, by the name of the file that it was. Throws where there is no such part. */
  address(part: string): string;
  /** The text of the script at such an address. */
  script(address: string): string | undefined;
  /** The WebAssembly module at such an address, compiled once. */
  module(address: string): Promise<WebAssembly.Module> | undefined;
}

/** The global by which a page's modules find it. */
export const OWN_PAGE_KEY = 'levainPage';

/** The page's own parts where it is one file; undefined where it is served, and in workers. */
export const ownPage = (): OwnPage | undefined =>
  (globalThis as unknown as Record<typeof OWN_PAGE_KEY, OwnPage | undefined>)[OWN_PAGE_KEY];
