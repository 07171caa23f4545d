import ts from 'typescript';
import type { Declarations } from './model';

/** Files in memory that the language service reads; each has a version that grows when its text changes. */
export class Files {
  readonly #fixed: Declarations['files'];
  readonly #texts = new Map<string, { readonly text: string; readonly version: number }>();
  #version = 0;

  constructor(fixed: Declarations['files']) {
    this.#fixed = fixed;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  set(path: string, text: string): void {
    if (this.#texts.get(path)?.text === text) return;
    this.#version += 1;
    this.#texts.set(path, { text, version: this.#version });
  }

  delete(path: string): void {
    if (this.#texts.delete(path)) this.#version += 1;
  }

  read(path: string): string | undefined {
    return this.#texts.get(path)?.text ?? this.#fixed[path];
  }

  versionOf(path: string): string {
    return String(this.#texts.get(path)?.version ?? 0);
  }

  /** What changes: the cells and the tables. */
  get changing(): readonly string[] {
    return [...this.#texts.keys()];
  }
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2025.d.ts'],
  types: [],
  strict: true,
  // Every column may hold nulls; a mark under each use would hide the errors that matter.
  strictNullChecks: false,
  strictPropertyInitialization: false,
  useUnknownInCatchVariables: false,
  allowUnusedLabels: true,
  allowUnreachableCode: true,
  allowSyntheticDefaultImports: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A language service over files in memory. */
export function createService(files: Files, { modules }: Declarations): ts.LanguageService {
  const exists = (path: string): boolean => files.read(path) !== undefined;
  const resolve = (name: string, from: string): string | undefined => {
    if (name.startsWith('/')) return [`${name}.ts`, `${name}.d.ts`].find(exists);
    if (!name.startsWith('.')) return modules[name];
    const base = joined(from, name.replace(/\.js$/, ''));
    return [`${base}.d.ts`, `${base}/index.d.ts`].find(exists);
  };
  const snapshots = new Map<string, { readonly version: string; readonly snapshot: ts.IScriptSnapshot }>();
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => OPTIONS,
    getProjectVersion: () => String(files.version),
    getScriptFileNames: () => ['/globals.d.ts', ...files.changing],
    getScriptVersion: (path) => files.versionOf(path),
    getScriptSnapshot(path) {
      const text = files.read(path);
      if (text === undefined) return undefined;
      const version = files.versionOf(path);
      const kept = snapshots.get(path);
      if (kept?.version === version) return kept.snapshot;
      const snapshot = ts.ScriptSnapshot.fromString(text);
      snapshots.set(path, { version, snapshot });
      return snapshot;
    },
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '/lib/lib.es2025.d.ts',
    fileExists: exists,
    readFile: (path) => files.read(path),
    directoryExists: () => true,
    getDirectories: () => [],
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const path = resolve(text, from);
        if (path === undefined) return { resolvedModule: undefined };
        const extension = path.endsWith('.d.ts') ? ts.Extension.Dts : ts.Extension.Ts;
        return { resolvedModule: { resolvedFileName: path, extension } };
      }),
  };
  return ts.createLanguageService(host, ts.createDocumentRegistry(true));
}

/** A relative path from the folder of a file. */
function joined(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
