import ts from 'typescript';
import { topNames, type TopNames } from './declared';

/** A name that a cell can take from outside: which module exports it, and as what. */
export interface Source {
  readonly module: string;
  readonly exported: string;
}

/** A cell as a module: its own text between an import of the names it mentions and an export of those it declares. */
export interface CellModule {
  readonly text: string;
  /** Where the cell's own text begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** What a cell's text says by itself, whatever the others define. */
export interface CellReading extends TopNames {
  readonly source: string;
  readonly words: ReadonlySet<string>;
  /** It is an object in braces, which alone would be read as a block. */
  readonly object: boolean;
}

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

export function readCell(source: string): CellReading {
  const plain = parse(source);
  const object = /^\s*\{/.test(source) && fails(plain) && !fails(parse(`(${source}\n)`));
  const names = object ? { declared: [], exported: new Set<string>(), imported: new Set<string>() } : topNames(plain);
  return { ...names, source, object, words: new Set(source.match(WORD)) };
}

/** Writes the module. `find` says where a name comes from that the cell does not declare. */
export function cellModule(reading: CellReading, find: (name: string) => Source | undefined): CellModule {
  const { source, declared, exported, imported, object } = reading;
  const own = new Set([...declared, ...imported]);
  const byModule = new Map<string, string[]>();
  for (const word of reading.words) {
    const found = own.has(word) ? undefined : find(word);
    if (!found) continue;
    const part = found.exported === word ? word : `${found.exported} as ${word}`;
    byModule.set(found.module, [...(byModule.get(found.module) ?? []), part]);
  }
  const imports = [...byModule].map(([module, parts]) => `import { ${parts.join(', ')} } from '${module}';`).join(' ');
  const before = `${imports}\n${object ? '(' : ''}`;
  const exports = declared.filter((name) => !exported.has(name)).join(', ');
  const after = `\n${object ? ')' : ''};export { ${exports} };`;
  return { text: before + source + after, from: before.length, to: before.length + source.length };
}

const parse = (text: string): ts.SourceFile => ts.createSourceFile('cell.ts', text, ts.ScriptTarget.ESNext, false);

const fails = (file: ts.SourceFile): boolean =>
  (file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics.length > 0;
