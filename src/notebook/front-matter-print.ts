import { Document, isMap, isScalar, Pair, Scalar, YAMLMap, type Node } from 'yaml';
import { frontMatterLength, keyOf, parseYaml, readFrontMatter } from './front-matter';
import type { DataFile, Notebook } from './model';
import { tableOf } from './names';

type Fields = Pick<Notebook, 'version' | 'title' | 'files'>;

const STYLE = {
  lineWidth: 0,
  flowCollectionPadding: false,
  blockQuote: false,
  singleQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** The front matter in its usual form: version, title where there is one, a line a file. */
export function plainFrontMatter(fields: Fields): string {
  const document = new Document(new YAMLMap());
  setFields(document, { version: 0, title: '', files: [] }, fields);
  return `---\n${document.toString(STYLE)}---\n`;
}

/**
 * The front matter of a notebook: as it was written where it still says the same, otherwise with what differs set in
 * it. One that cannot be read stays as a comment below the new one.
 */
export function printFrontMatter(notebook: Notebook): string {
  const written = notebook.frontMatter;
  if (written === undefined) return plainFrontMatter(notebook);
  const lines = written.split('\n');
  const length = Math.max(0, frontMatterLength(lines));
  const yaml = lines.slice(1, length - 1).join('\n');
  const after = lines.slice(length).join('\n');
  const said = readFrontMatter(length === 0 ? '' : yaml);
  if (sameFields(said, notebook)) return written;
  if (length === 0) return plainFrontMatter(notebook) + after;
  const { document } = parseYaml(yaml);
  if (!document || said.problems.some(({ code }) => code === 'front-matter')) {
    const comment = yaml.split('\n').map((line) => `# ${line}\n`);
    return plainFrontMatter(notebook).replace(/---\n$/, () => `${comment.join('')}---\n`) + after;
  }
  if (!isMap(document.contents)) document.contents = new YAMLMap() as never;
  setFields(document, said, notebook);
  return `---\n${document.toString(STYLE)}---\n${after}`;
}

export function sameFields(a: Fields, b: Fields): boolean {
  return a.version === b.version && a.title === b.title && JSON.stringify(a.files) === JSON.stringify(b.files);
}

function setFields(document: Document, said: Fields, fields: Fields): void {
  const top = document.contents as YAMLMap;
  if (said.version !== fields.version) setKey(top, 'notebook', new Scalar(fields.version));
  if (said.title !== fields.title) setKey(top, 'title', text(fields.title));
  if (JSON.stringify(said.files) === JSON.stringify(fields.files)) return;
  const old = valueOf(top, 'files');
  if (fields.files.length === 0) {
    top.items = top.items.filter((pair) => keyOf(pair) !== 'files');
    return;
  }
  const files = new YAMLMap();
  if (isMap(old)) files.commentBefore = old.commentBefore;
  for (const file of fields.files) {
    const before = isMap(old) ? valueOf(old, file.name) : undefined;
    const entry = isMap(before) ? before : new YAMLMap();
    if (entry !== before) entry.flow = true;
    const saidOfIt = said.files.find(({ name }) => name === file.name);
    setFile(document, entry, saidOfIt, file);
    const pair = isMap(old) ? old.items.find((item) => keyOf(item) === file.name) : undefined;
    files.items.push(new Pair(pair && entry === before ? pair.key : text(file.name), entry));
  }
  setKey(top, 'files', files);
}

function setFile(document: Document, entry: YAMLMap, said: DataFile | undefined, file: DataFile): void {
  const differs = (key: keyof DataFile): boolean => JSON.stringify(said?.[key]) !== JSON.stringify(file[key]);
  if (said ? differs('table') : file.table !== tableOf(file.name)) setKey(entry, 'table', text(file.table));
  if (differs('sha256')) setKey(entry, 'sha256', file.sha256 === undefined ? undefined : text(file.sha256));
  if (differs('columns')) setKey(entry, 'columns', file.columns && columnsNode(file.columns));
  if (differs('options')) setKey(entry, 'options', file.options && valueNode(document, file.options));
}

function columnsNode(columns: Readonly<Record<string, string>>): YAMLMap {
  const map = new YAMLMap();
  map.flow = true;
  for (const [name, type] of Object.entries(columns)) map.items.push(new Pair(text(name), text(type)));
  return map;
}

function valueNode(document: Document, value: unknown): Node {
  const node = document.createNode(value, { flow: true, aliasDuplicateObjects: false });
  return node as Node;
}

function setKey(map: YAMLMap, key: string, value: Node | undefined): void {
  const pair = map.items.find((item) => keyOf(item) === key);
  if (value === undefined) map.items = map.items.filter((item) => item !== pair);
  else if (!pair) map.items.push(new Pair(text(key), value));
  else {
    if (isScalar(pair.value) && isScalar(value)) value.comment = pair.value.comment;
    pair.value = value;
  }
}

function valueOf(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => keyOf(pair) === key)?.value;
}

/** A string that stays one: signs that an editor would not show are written out. */
function text(value: string): Scalar<string> {
  const scalar = new Scalar(value);
  if (/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(value)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}
