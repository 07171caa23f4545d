import type { Problem } from '../../base/problem';

const NAMESPACE = /^\s*(?:export\s+)?(?:namespace|module)\s+([\w$.]+)\s*\{/;

/** Taking the types off drops `namespace` blocks without a word; finds the lines from which one is gone. */
export function erasedNamespace(source: string, code: string): Problem[] {
  if (!/\b(?:namespace|module)\b/.test(source)) return [];
  const left = code.split('\n');
  return source.split('\n').flatMap((text, index) => {
    const match = NAMESPACE.exec(text);
    if (!match || NAMESPACE.test(left[index] ?? '')) return [];
    return {
      code: 'syntax',
      message: `namespace ${match[1]} is not understood in cells.`,
      hint: `Write an object instead: const ${match[1]} = { … };`,
      line: index + 1,
      column: text.length - text.trimStart().length + 1,
    };
  });
}
