import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { WORKER_GLOBALS } from './globals';

/** What the language service reads of everything that is not a cell. Paths begin with `/` and end with `.d.ts`. */
export interface Declarations {
  readonly files: Readonly<Record<string, string>>;
  /** The file of each module that a cell may import. */
  readonly modules: Readonly<Record<string, string>>;
  /** The file that exports what every cell has in scope. */
  readonly scope: string;
}

const ROOT = resolve(import.meta.dirname, '../../..');
const TYPINGS = '/src/kernel/typings';
const PACKAGES: Readonly<Record<string, string>> = {
  arquero: '/node_modules/arquero/dist/types/index.d.ts',
  '@observablehq/plot': '/node_modules/@observablehq/plot/src/index.d.ts',
  '@uwdata/flechette': '/node_modules/@uwdata/flechette/dist/types/index-types.d.ts',
};

/**
 * Makes the declarations: of our own rooms from their sources, of packages and of the language as they are published.
 * Takes some seconds; the build does it once.
 */
export function collectDeclarations(): Declarations {
  const own = emitted([join(ROOT, TYPINGS, 'scope.ts'), join(ROOT, TYPINGS, 'module.ts')]);
  const files: Record<string, string> = { '/globals.d.ts': WORKER_GLOBALS, ...languageFiles() };
  const open = [`${TYPINGS}/scope.d.ts`, `${TYPINGS}/module.d.ts`, ...Object.values(PACKAGES)];
  for (let path = open.pop(); path; path = open.pop()) {
    if (path in files) continue;
    const text = own.get(path) ?? readFileSync(join(ROOT, path), 'utf8');
    files[path] = text;
    open.push(...importsOf(path, text, (candidate) => own.has(candidate) || existsSync(join(ROOT, candidate))));
  }
  return { files, modules: { ...PACKAGES, levain: `${TYPINGS}/module.d.ts` }, scope: `${TYPINGS}/scope.d.ts` };
}

/** The sources' declarations, by their path from the root. */
function emitted(entries: readonly string[]): Map<string, string> {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [...entries] }, ts.sys, ROOT);
  const program = ts.createProgram([...entries], {
    ...options,
    types: [],
    // Whether the sources are right is the check's affair.
    noCheck: true,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: '/',
    rootDir: ROOT,
  });
  const files = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (path, text) => files.set(path, text));
  if (diagnostics[0]) throw new Error(ts.flattenDiagnosticMessageText(diagnostics[0].messageText, '\n'));
  return files;
}

/** The declarations of ECMAScript that TypeScript ships. */
function languageFiles(): Record<string, string> {
  const folder = dirname(ts.getDefaultLibFilePath({}));
  const files: Record<string, string> = {};
  const open = ['lib.es2025.d.ts'];
  for (let name = open.pop(); name; name = open.pop()) {
    const text = readFileSync(join(folder, name), 'utf8');
    files[`/lib/${name}`] = text;
    for (const { fileName } of ts.preProcessFile(text).libReferenceDirectives) open.push(`lib.${fileName}.d.ts`);
  }
  return files;
}

const IMPORTED = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g;

/** The files that a file's relative imports name, and packages that cells know. */
function importsOf(path: string, text: string, has: (path: string) => boolean): string[] {
  return [...text.matchAll(IMPORTED)].flatMap(([, fileName = '']) => {
    if (!fileName.startsWith('.')) return PACKAGES[fileName] ?? [];
    const base = join(dirname(path), fileName.replace(/\.js$/, ''));
    return [`${base}.d.ts`, `${base}/index.d.ts`].find(has) ?? [];
  });
}
