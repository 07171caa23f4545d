const LONGEST = 100;

/**
 * Words as the name of a file, without its extension: without the characters that some system refuses, at most 100
 * characters of whole words, and `fallback` where nothing is left. `Q1/Q2: "ROAS"` gives `Q1 Q2 ROAS`.
 */
export function fileName(words: string, fallback: string): string {
  const name = words
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .trim();
  if (name.length <= LONGEST) return name || fallback;
  // A word that is itself as long is cut all the same.
  return name
    .slice(0, LONGEST + 1)
    .replace(/(?<=\S) \S*$/, '')
    .slice(0, LONGEST);
}
