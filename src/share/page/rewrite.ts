import { OWN_PAGE_KEY } from '../../base/own-page';

/** What stands for the address of an imported module until the page that holds it makes that address. */
export const IMPORTED = /"part:([\w.-]+)"/g;

/**
 * A built module as it stands in a page that is one file, where modules have no addresses beside one another: static
 * imports name the part, and dynamic imports and the addresses of files ask the page. The lists of what to fetch ahead go.
 *
 * @param names of the files beside the module, by which its imports are told from text that looks alike
 */
export function forPage(code: string, names: ReadonlySet<string>): string {
  const asked = (name: string): string => `${OWN_PAGE_KEY}.address("${name}")`;
  return code
    .replace(/\b(from|import)\s*(["'`])\.\/([\w.-]+)\2/g, (whole, word: string, _quote, name: string) =>
      names.has(name) ? `${word}"part:${name}"` : whole,
    )
    .replace(/\bimport\(\s*(["'`])\.\/([\w.-]+)\1\s*\)/g, (whole, _quote, name: string) =>
      names.has(name) ? `import(${asked(name)})` : whole,
    )
    .replace(/\bnew URL\((["'`])([\w.-]+)\1,\s*import\.meta\.url\)/g, (whole, _quote, name: string) =>
      names.has(name) ? `new URL(${asked(name)})` : whole,
    )
    .replace(/__vite__mapDeps\(\[[\d,]*\]\)/g, '[]');
}
