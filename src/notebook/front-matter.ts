import { isMap, isScalar, LineCounter, parseDocument, type Document, type Pair, type ParsedNode } from 'yaml';
import { problemOf, type Problem } from '../base/problem';
import type { DataFile, Notebook } from './model';
import { tableOf } from './names';

/** The version of the file format that this program writes. */
export const VERSION = 1;

/** What the front matter says. */
export interface Head extends Pick<Notebook, 'version' | 'title' | 'files'> {
  readonly problems: readonly Problem[];
}

const EMPTY = { version: VERSION, title: '', files: [] } as const;
const FENCE = /^---[ \t]*$/;
const END = /^(---|\.\.\.)[ \t]*$/;

/** How many lines the front matter takes with both its fences: 0 where there is none, -1 where nothing closes it. */
export function frontMatterLength(lines: readonly string[]): number {
  if (!FENCE.test(lines[0]!)) return 0;
  const close = lines.findIndex((line, at) => at > 0 && END.test(line));
  return close < 0 ? -1 : close + 1;
}

/** Reads the YAML between the fences. Broken YAML says nothing but its problem. */
export function readFrontMatter(yaml: string): Head {
  const { document, problem } = parseYaml(yaml);
  if (!document) return { ...EMPTY, problems: [problem] };
  const counter = new LineCounter();
  lineStarts(counter, yaml);
  const problems: Problem[] = [];
  const top = document.contents;
  if (top !== null && !isMap(top) && !(isScalar(top) && top.value === null)) {
    problems.push({
      code: 'front-matter',
      message: 'The front matter is not a list of "key: value" lines.',
      hint: 'It should begin with "notebook: 1" and "title: …".',
      line: 2,
    });
    return { ...EMPTY, problems };
  }
  const pairs = isMap(top) ? (top.items as Pair<ParsedNode, ParsedNode | null>[]) : [];
  const value = (key: string): ParsedNode | null => pairs.find((pair) => keyOf(pair) === key)?.value ?? null;
  const lineOf = (node: ParsedNode | null): number => (node ? counter.linePos(node.range[0]).line + 1 : 1);

  const version = versionOf(value('notebook'), lineOf, problems);
  const title = textOf(value('title')) ?? '';
  return { version, title, files: filesOf(value('files'), document, lineOf, problems), problems };
}

/** Parses YAML; a document with errors counts as none, so that nothing is written back into it. */
export function parseYaml(
  yaml: string,
): { document: Document.Parsed; problem?: undefined } | { document?: undefined; problem: Problem } {
  try {
    const document = parseDocument(yaml, { prettyErrors: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (!error) return { document };
    const counter = new LineCounter();
    lineStarts(counter, yaml);
    const { line, col } = counter.linePos(error.pos[0]);
    return { problem: { ...yamlProblem(error.message), line: line + 1, column: col } };
  } catch (error) {
    return { problem: { ...yamlProblem(problemOf(error).message), line: 2 } };
  }
}

/** The text of a key, also where YAML would take it for a number or a date. */
export function keyOf(pair: Pair<unknown, unknown>): string {
  const { key } = pair;
  if (!isScalar(key)) return String(key);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function yamlProblem(reason: string): Problem {
  return {
    code: 'front-matter',
    message: `The front matter cannot be read: ${reason.replace(/[.\s]+$/, '')}.`,
    hint: 'Title and data files are missing until it is put right; the cells are all there.',
  };
}

function versionOf(node: ParsedNode | null, lineOf: (node: ParsedNode | null) => number, problems: Problem[]): number {
  const version = isScalar(node) ? node.value : undefined;
  if (typeof version === 'number' && Number.isSafeInteger(version) && version >= 1) {
    if (version > VERSION) {
      problems.push({
        code: 'future-version',
        message: `This notebook was written in version ${version} of the format; this is version ${VERSION}.`,
        hint: 'What is not understood here is kept as it is. Reload the page to get the newest Levain.',
        line: lineOf(node),
      });
    }
    return version;
  }
  problems.push({
    code: 'no-version',
    message: node
      ? 'The version of the format is not a whole number.'
      : 'The front matter does not name the version of the format.',
    hint: 'Write "notebook: 1".',
    line: lineOf(node),
  });
  return VERSION;
}

function filesOf(
  node: ParsedNode | null,
  document: Document.Parsed,
  lineOf: (node: ParsedNode | null) => number,
  problems: Problem[],
): DataFile[] {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node)) {
    problems.push({
      code: 'front-matter',
      message: '"files" is not a list of "name: {…}" lines.',
      hint: 'Write one line a file, for example "ads.csv: {table: ads}".',
      line: lineOf(node),
    });
    return [];
  }
  return (node.items as Pair<ParsedNode, ParsedNode | null>[]).map((pair) => {
    const name = keyOf(pair);
    if (pair.value !== null && !isMap(pair.value) && textOf(pair.value) !== undefined) {
      problems.push({
        code: 'front-matter',
        message: `What is said of the file "${name}" is not of the form {key: value}.`,
        line: lineOf(pair.value),
      });
    }
    return fileOf(name, isMap(pair.value) ? (pair.value.items as Pair<ParsedNode, ParsedNode | null>[]) : [], document);
  });
}

function fileOf(name: string, pairs: readonly Pair<ParsedNode, ParsedNode | null>[], document: Document): DataFile {
  const value = (key: string): ParsedNode | null => pairs.find((pair) => keyOf(pair) === key)?.value ?? null;
  const sha256 = textOf(value('sha256'));
  const columns = value('columns');
  const options = value('options');
  return {
    name,
    table: textOf(value('table')) ?? tableOf(name),
    ...(sha256 !== undefined && { sha256 }),
    ...(isMap(columns) && { columns: columnsOf(columns.items as Pair<ParsedNode, ParsedNode | null>[]) }),
    ...(isMap(options) && { options: plain(options, document) as Record<string, unknown> }),
  };
}

function columnsOf(pairs: readonly Pair<ParsedNode, ParsedNode | null>[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => [keyOf(pair), textOf(pair.value) ?? '']));
}

function plain(node: ParsedNode, document: Document): unknown {
  try {
    return node.toJS(document);
  } catch {
    return {}; // An alias without an anchor, or too many of them.
  }
}

function textOf(node: ParsedNode | null): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function lineStarts(counter: LineCounter, text: string): void {
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
}
