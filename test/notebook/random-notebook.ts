import type { Random } from '../../src/base/random';
import { proseId } from '../../src/notebook/ids';
import type { Cell, CellKind, DataFile, Notebook } from '../../src/notebook/model';

const pick = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)]!;

const chance = (random: Random, p: number): boolean => random.uniform() < p;

const PIECES = [
  ...[
    '',
    '',
    ' ',
    '  ',
    '\t',
    'SELECT 1',
    'const x = 1;',
    '# Title',
    '- a list',
    '1. one',
    '> quote',
    '    code',
    '***',
  ],
  ...[
    '---',
    '...',
    'notebook: 1',
    '```',
    '````',
    '~~~',
    '```sql id=zz name=q',
    '```ts',
    '```json id=1',
    '~~~~csv id=b',
  ],
  ...[
    '   ```',
    '  ```sql id=in',
    '    ```sql id=deep',
    '```sql',
    '``` sql id=gap',
    '```sql id=a`b',
    '- ```sql id=list',
  ],
  ...[
    '<!-- cell -->',
    '<!-- cell id=m1 -->',
    '<!-- end -->',
    '<!-- end2 -->',
    '<!-- cell to=end -->',
    '<!-- cell to=x id=h -->',
  ],
  ...[
    '<!-- note',
    '-->',
    'déjà vu',
    '日本語',
    '👩‍🍳',
    '\u2028',
    '\u00a0',
    '\ufeff',
    '\u0000',
    'a\rb',
    '{{ x }}',
    '${y}',
    '\\',
    '"',
  ],
];

const WORDS = [
  'weekly',
  'a b',
  'x"y',
  'x`y',
  '-->',
  "it's",
  'a: b',
  '#',
  '',
  ' ',
  '\n',
  '- x',
  'null',
  'true',
  '1',
  '1e3',
  '~',
];
const MORE = [
  '2024-01-01',
  '{a}',
  '[b]',
  '*c',
  '&d',
  '!e',
  '%f',
  '@g',
  '=',
  '\\',
  'é',
  '日',
  '👩‍🍳',
  '\u0007',
  '\u0085',
  '\u2028',
  '\ufeff',
];
const LAST = [
  '\r',
  '\t',
  'x'.repeat(200),
  '---',
  '__proto__',
  'constructor',
  '<<',
  '? k',
  'a #b',
  'a:',
  ':',
  '|',
  '>',
  '"',
  "'",
];

const word = (random: Random): string => pick(random, [...WORDS, ...MORE, ...LAST]);

function phrase(random: Random): string {
  return Array.from({ length: 1 + random.integer(3) }, () => word(random)).join(pick(random, ['', ' ', '\n']));
}

/** Text that looks like a notebook here and there, with everything that the format gives a meaning to. */
export function randomText(random: Random, lines: number): string {
  return Array.from({ length: random.integer(lines + 1) }, () =>
    chance(random, 0.15) ? pick(random, PIECES) + pick(random, PIECES) : pick(random, PIECES),
  ).join('\n');
}

function randomCell(random: Random, id: string): Cell {
  const kind: CellKind = pick(random, ['sql', 'ts', 'md', 'md', 'csv', 'check', 'metric']);
  const unknown: [string, string | true][] = [];
  while (chance(random, 0.1))
    unknown.push([pick(random, ['limit', 'to', 'x-y', 'é']), chance(random, 0.5) || phrase(random)]);
  return {
    id,
    kind,
    ...(chance(random, kind === 'md' ? 0.05 : 0.5) && { name: phrase(random) }),
    source: randomText(random, 6).replace(/\r+\n/g, '\n').replace(/\r$/, ''),
    ...(chance(random, 0.1) && { view: true }),
    ...(chance(random, 0.1) && { folded: true }),
    ...(chance(random, 0.1) && { foldedOutput: true }),
    ...(unknown.length > 0 && { unknown }),
  };
}

function randomFile(random: Random, name: string): DataFile {
  const columns = Array.from({ length: random.integer(4) }, () => [
    phrase(random),
    pick(random, ['DATE', 'DECIMAL(18,2)', 'a: b']),
  ]);
  return {
    name,
    table: phrase(random),
    ...(chance(random, 0.5) && { sha256: pick(random, ['9f2c', '0123', '1e5', 'deadbeef']) }),
    ...(chance(random, 0.5) && { columns: Object.fromEntries(columns) as Record<string, string> }),
    ...(chance(random, 0.3) && {
      options: { delimiter: pick(random, [';', '\t', ',']), header: true, skip: 3, nulls: ['-', ''] },
    }),
  };
}

export function randomFiles(random: Random): DataFile[] {
  const names = new Set(Array.from({ length: random.integer(3) }, () => phrase(random)));
  return [...names].map((name) => randomFile(random, name));
}

/** Any model that the types allow: ids that look like derived ones, empty and adjacent prose, odd names. */
export function randomNotebook(random: Random): Notebook {
  const ids = new Set<string>();
  const size = random.integer(7);
  while (ids.size < size) {
    const last = [...ids].at(-1);
    const derived = proseId(last);
    ids.add(
      chance(random, 0.5)
        ? derived
        : pick(random, ['a', 'b', 'ap', 'bp', 'app', 'ap2', 'top', 'top2', 'k3f9', '1', '0x']),
    );
  }
  const title = chance(random, 0.8) ? phrase(random) : '';
  const cells = [...ids].map((id) => randomCell(random, id));
  return { version: 1 + random.integer(2), title, files: randomFiles(random), cells };
}

/** A file by somebody's hand: a front matter of some sort or none, cells and prose in any spacing. */
export function randomFileText(random: Random): string {
  const head = pick(random, [
    '',
    '---\nnotebook: 1\ntitle: Hand\n---\n',
    '---\ntitle: "a: b" # why\nnotebook: 1\nteam: {x: [1, 2]}\n\nfiles:\n  ads.csv:\n    sha256: 12\n---\n\n',
    '--- \nnotebook: 2\n...\n',
    '---\n---\n',
    '---\n: [\n---\n',
    '---\nnotebook: 1\n',
    '\n\n',
  ]);
  const parts = Array.from({ length: random.integer(6) }, () => {
    if (chance(random, 0.4)) return randomText(random, 4);
    const fence = pick(random, ['```', '````', '~~~', '  ```']);
    const info = `${pick(random, ['sql', 'ts', 'typescript', 'csv', 'SQL', 'r'])} ${pick(random, ['id=a', 'id=b  name=x', 'name=y id=c', 'id="d"', 'view id=e extra', 'x=1', 'id=B-1'])}`;
    return `${fence}${info}\n${randomText(random, 3)}\n${chance(random, 0.9) ? fence : ''}`;
  });
  return head + parts.join(pick(random, ['\n', '\n\n', '\n\n\n'])) + pick(random, ['', '\n', '\n\n', ' \n']);
}
