/**
 * Words as the name of a file, without its extension: without the characters that some system refuses, at most 100
 * characters, and `fallback` where nothing is left. `Q1/Q2: "ROAS"` gives `Q1 Q2 ROAS`.
 */
export function fileName(words: string, fallback: string): string {
  const name = words
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 100)
    .trim();
  return name || fallback;
}
