/**
 * How well the letters of `query` are found, in order, in `text`: higher is better, null when they are not. Letters at
 * the beginning of words and in a row count more; a shorter text wins among equals.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const given = text.toLowerCase();
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    const next = bestNext(given, letter, at);
    if (next < 0) return null;
    score += next === at + 1 ? 5 : startsWord(given, next) ? 4 : 1;
    at = next;
  }
  return score - given.length / 100;
}

/** The next place of a letter: right after the last one, else at the beginning of a word, else anywhere. */
function bestNext(text: string, letter: string, after: number): number {
  if (text[after + 1] === letter) return after + 1;
  for (let i = after + 1; i < text.length; i++) if (text[i] === letter && startsWord(text, i)) return i;
  return text.indexOf(letter, after + 1);
}

const startsWord = (text: string, at: number): boolean => at === 0 || /[\s_.:/-]/.test(text[at - 1]!);
