/** Code in a language that does not run here, as a fence within prose: without `id=` it is no cell. */
export function codeAsProse(source: string, language: string): string {
  const inside = source.matchAll(/^[ \t]*(`{3,})/gm);
  const fence = '`'.repeat(Math.max(3, ...Array.from(inside, ([, signs]) => signs!.length + 1)));
  return `${fence}${language.replace(/[^\w.+#-]/g, '')}\n${source}\n${fence}`;
}
