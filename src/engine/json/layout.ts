/**
 * Where a JSON file keeps its rows: a value a line, the elements of the list that the file is, the elements of a list
 * within the object that the file is (`{"orders": […]}`), or the object itself, as the only row.
 */
export type Layout =
  | { readonly kind: 'lines' }
  | { readonly kind: 'list' }
  | { readonly kind: 'within'; readonly key: string }
  | { readonly kind: 'single' };

/** Whether a text may be JSON: it begins with a list or an object. */
export const looksLikeJson = (head: string): boolean => /^\s*(?:\{\s*["}]|\[\s*[[{"\d\-tfn\]])/.test(head);

/** The layout of a file, by its beginning (`whole` when that is all of it), and the lists one could choose among. */
export function layoutOf(head: string, whole: boolean, wanted?: string): { layout: Layout; lists: readonly string[] } {
  const text = head.trimStart();
  if (text.startsWith('[')) return { layout: { kind: 'list' }, lists: [] };
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  const more = end >= 0 && text.slice(end).trim() !== '';
  if (more && isJson(first)) return { layout: { kind: 'lines' }, lists: [] };
  const found = listsWithin(text);
  const lists = found.map(({ key }) => key);
  const longest = found.toSorted((a, b) => b.length - a.length)[0];
  const key = wanted !== undefined && lists.includes(wanted) ? wanted : longest?.key;
  if (key !== undefined) return { layout: { kind: 'within', key }, lists };
  // A first line that goes on behind the sample is a row of lines as long as nothing says otherwise.
  return { layout: { kind: whole || !isJson(first) ? 'single' : 'lines' }, lists: [] };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The lists of objects that stand directly in an object, by key, with how much of them is in the text. */
function listsWithin(text: string): { key: string; length: number }[] {
  const lists: { key: string; length: number }[] = [];
  let depth = 0;
  let last = '';
  let key = '';
  let began = -1;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (sign === '"') {
      const from = i;
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
      if (depth === 1) last = text.slice(from, i + 1);
    } else if (sign === ':' && depth === 1) key = last;
    else if (sign === '{' || sign === '[') {
      if (depth === 1 && sign === '[' && /^\[\s*\{/.test(text.slice(i, i + 200))) began = i;
      depth++;
    } else if (sign === '}' || sign === ']') {
      depth--;
      if (depth === 1 && began >= 0) {
        lists.push({ key: unquoted(key), length: i - began });
        began = -1;
      }
    }
  }
  if (began >= 0) lists.push({ key: unquoted(key), length: text.length - began });
  return lists;
}

const unquoted = (text: string): string => String(JSON.parse(text));
