import type { Problem } from '../base/problem';
import { cellAttributes } from './attributes';
import { findBlocks, type Block } from './blocks';
import { frontMatterLength, readFrontMatter } from './front-matter';
import { plainFrontMatter } from './front-matter-print';
import { proseId } from './ids';
import type { Cell, Notebook } from './model';
import { keepWriting } from './writing';

export interface Parsed {
  readonly notebook: Notebook;
  /** With 1-based lines of the file; the notebook is whole in spite of them. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a `.nb.md` file (see docs/format.md). Every text is a notebook: what cannot be understood stays as prose or as
 * front matter, is named among the problems, and is printed again as it was. CRLF becomes LF, a byte order mark goes.
 */
export function parseNotebook(text: string): Parsed {
  const lines = normalize(text).split('\n');
  const length = frontMatterLength(lines);
  const problems: Problem[] = [];
  if (length < 0) {
    problems.push({
      code: 'unclosed-front-matter',
      message: 'The front matter has no end.',
      hint: 'Put a line with three dashes after it.',
      line: 1,
    });
  }
  const head = readFrontMatter(length > 0 ? lines.slice(1, length - 1).join('\n') : '');
  if (length >= 0) problems.push(...head.problems);

  const blocks = findBlocks(lines, Math.max(0, length));
  const cells = nameCells(blocks, problems);
  blocks.forEach((block, i) => {
    if (block.unclosed !== undefined) problems.push(unclosedProblem(block.unclosed + 1));
    keepWriting(cells[i]!, {
      text: lines.slice(block.start, block.end).join('\n'),
      before: i === 0 ? undefined : `\n${lineText(lines, blocks[i - 1]!.end, block.start)}`,
      after: i < blocks.length - 1 ? undefined : ['', ...lines.slice(block.end)].join('\n'),
    });
  });

  const { version, title, files } = head;
  const written = blocks[0] ? lineText(lines, 0, blocks[0].start) : lines.join('\n');
  const frontMatter = written === plainFrontMatter(head) ? {} : { frontMatter: written };
  const inOrder = problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { notebook: { version, title, files, cells, ...frontMatter }, problems: inOrder };
}

/** The text as the format has it: LF, no byte order mark. */
export function normalize(text: string): string {
  return text.replace(/^\uFEFF+/, '').replace(/\r+\n/g, '\n');
}

const lineText = (lines: readonly string[], start: number, end: number): string =>
  lines
    .slice(start, end)
    .map((line) => `${line}\n`)
    .join('');

/** Gives every block its id: its own, one derived from it where that is taken or malformed, or that of prose. */
function nameCells(blocks: readonly Block[], problems: Problem[]): Cell[] {
  const fields = blocks.map((block) => cellAttributes(block.attributes));
  const explicit = new Set(fields.map(({ id }) => id));
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  let previous: string | undefined;
  return blocks.map((block, i) => {
    const { id: written, ...rest } = fields[i]!;
    let id = written === undefined ? proseId(previous) : written.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (written !== undefined && (id !== written || id === ''))
      problems.push(malformedIdProblem(written, block.start + 1));
    else if (taken.has(id)) problems.push(duplicateIdProblem(id, block.start + 1));
    if (id === '') id = 'cell';
    const free = (candidate: string): boolean =>
      !taken.has(candidate) && (candidate === written || !explicit.has(candidate));
    if (!free(id)) {
      const stem = `${id}${written === undefined ? 'p' : 'x'}`;
      let n = copies.get(stem) ?? 1;
      while (!free(numbered(stem, n))) n++;
      copies.set(stem, n + 1);
      id = numbered(stem, n);
    }
    taken.add(id);
    previous = id;
    if (block.kind === 'csv' && rest.name === undefined) problems.push(unnamedCsvProblem(block.start + 1));
    return { id, kind: block.kind, ...rest, source: block.source };
  });
}

const numbered = (stem: string, n: number): string => (n === 1 ? stem : `${stem}${n}`);

const unclosedProblem = (line: number): Problem => ({
  code: 'unclosed-fence',
  message: 'What begins here has no end.',
  hint: 'Close it with a line like the first, without the words after the signs.',
  line,
});

const malformedIdProblem = (id: string, line: number): Problem => ({
  code: 'malformed-id',
  message: `The cell id "${id}" has signs other than small letters and digits.`,
  hint: 'Write, for example, id=k3f9.',
  line,
});

const duplicateIdProblem = (id: string, line: number): Problem => ({
  code: 'duplicate-id',
  message: `Another cell before this one has the id "${id}".`,
  hint: 'Give one of them another id.',
  line,
});

const unnamedCsvProblem = (line: number): Problem => ({
  code: 'unnamed-csv',
  message: 'This CSV cell has no name, so nothing can read it.',
  hint: 'Write name=… after its id.',
  line,
});
