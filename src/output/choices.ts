/**
 * What tells choices apart: their texts, numbered where they are alike. By it a choice is known again when others have come
 * or gone before it.
 */
export function choiceKeys(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const n = (seen.get(text) ?? 0) + 1;
    seen.set(text, n);
    return n === 1 ? text : `${text}${NUMBERED}${n}`;
  });
}

/** The same for rows of texts. */
export const rowKeys = (rows: readonly (readonly string[])[]): string[] =>
  choiceKeys(rows.map((row) => row.join('\t').slice(0, MOST_LETTERS)));

/** The text of a choice. */
export const choiceText = (key: string): string => key.split(NUMBERED)[0]!;

const NUMBERED = '\0';
const MOST_LETTERS = 500;
