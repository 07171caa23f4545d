/** The reader's choice; undefined for the browser's own. */
let chosen: string | undefined;

/** The BCP 47 tag by which the page writes numbers and dates, as `Intl` takes it. */
export const locale = (): string | undefined => chosen;

/** Takes a tag as the page's; one that no browser knows counts as none. */
export function setLocale(tag: string | undefined): void {
  try {
    chosen = tag === undefined ? undefined : Intl.getCanonicalLocales(tag)[0];
  } catch {
    chosen = undefined;
  }
}
