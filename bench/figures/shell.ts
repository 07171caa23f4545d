import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from '../figure';

const REACH = 200;

/** What must arrive before the shell can be shown: the page's scripts with all they import at once, and its styles. */
export const shell: Bench = async ({ dist }) => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const linked = html.matchAll(/<(?:script|link)[^>]*?(?:src|href)="(\.\/[^"]+\.(?:js|css))"/g);
  const wanted = [...linked].map((match) => join(dist, match[1]!));
  const files = new Set<string>();
  for (let file = wanted.pop(); file; file = wanted.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    if (file.endsWith('.js')) wanted.push(...importsOf(file));
  }
  const size = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0) / 1024;
  return [
    {
      what: `JS and CSS on the critical path, gzipped (${files.size} files)`,
      ours: `${size.toFixed(0)} KB`,
      reach: `≤ ${REACH} KB`,
      met: size <= REACH,
    },
  ];
};

/** Static imports of a built module; those in `import(…)` come later. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:^|[;}\n])\s*import\s*(?:[^"'()]*?from\s*)?["'](\.\/[^"']+)["']/g)].map((match) =>
    join(dirname(file), match[1]!),
  );
}
