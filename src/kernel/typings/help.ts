import { join, resolve } from 'node:path';
import ts from 'typescript';
import type { HelpEntry } from '../../base/help';

const ROOT = resolve(import.meta.dirname, '../../..');
const ENTRY = join(ROOT, 'src/kernel/typings/levain.ts');
const INPUT = join(ROOT, 'src/kernel/worker/input.ts');

interface Found {
  readonly path: string;
  readonly name: string;
  readonly symbol: ts.Symbol;
}

/** What `levain` and `input` offer, from the doc comments of its sources. Takes some seconds; the build does it once. */
export function collectHelp(): readonly HelpEntry[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [ENTRY, INPUT] }, ts.sys, ROOT);
  const program = ts.createProgram([ENTRY, INPUT], { ...options, types: [], noEmit: true });
  const checker = program.getTypeChecker();
  const entry = checker.getSymbolAtLocation(program.getSourceFile(ENTRY)!)!;
  const controls = checker.getSymbolAtLocation(program.getSourceFile(INPUT)!)!;
  const found = [...functionsOf(checker, entry, 'levain'), ...controlsOf(checker, controls)];
  return found
    .map((each) => entryOf(checker, each, found))
    .filter(({ text, example }) => text !== '' || example !== undefined)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function* functionsOf(checker: ts.TypeChecker, module: ts.Symbol, path: string): Generator<Found> {
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & ts.SymbolFlags.ValueModule) yield* functionsOf(checker, symbol, `${path}.${exported.name}`);
    else if (symbol.flags & ts.SymbolFlags.Value && signatureOf(checker, symbol)) {
      yield { path, name: exported.name, symbol };
    }
  }
}

/** The functions of what `createInput` gives. */
function* controlsOf(checker: ts.TypeChecker, module: ts.Symbol): Generator<Found> {
  const create = checker.getExportsOfModule(module).find(({ name }) => name === 'createInput')!;
  for (const symbol of signatureOf(checker, create)!.getReturnType().getProperties())
    yield { path: 'input', name: symbol.name, symbol };
}

function signatureOf(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Signature | undefined {
  return checker.getTypeOfSymbol(symbol).getCallSignatures()[0];
}

function entryOf(checker: ts.TypeChecker, { path, name, symbol }: Found, all: readonly Found[]): HelpEntry {
  const signature = checker.signatureToString(
    signatureOf(checker, symbol)!,
    undefined,
    ts.TypeFormatFlags.NoTruncation,
  );
  const own = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  // What a chart shows stands with the options that it is drawn by.
  const drawn = /^Draws \{@link (\w+)\}/.exec(own)?.[1];
  const told = all.find((other) => other.symbol.name === drawn)?.symbol ?? symbol;
  const text = ts
    .displayPartsToString(told.getDocumentationComment(checker))
    .replace(/\{@link ([^\s}|]+)[^}]*\}/g, '$1')
    .replace(told === symbol ? '' : / Gives Plot's options\.$/, '')
    .trim();
  const written = symbol.getJsDocTags(checker).find((tag) => tag.name === 'example');
  const example = written && qualified(ts.displayPartsToString(written.text).trim(), path, all);
  return { name: `${path}.${name}`, signature, text, ...(example !== undefined && { example }) };
}

/**
 * An example with each function of `levain` under its full name, those of its own part first; undefined where it needs
 * something that cells do not have.
 */
function qualified(code: string, path: string, all: readonly Found[]): string | undefined {
  if (/\bseededRandom\b/.test(code)) return undefined;
  return code.replace(/(?<![\w.$'"`])([A-Za-z_]\w*)(?=\()/g, (word: string) => {
    // A function may be called otherwise where it is declared: `fitBuyers` is `levain.value.fit`.
    const homes = all.filter((other) => other.name === word || other.symbol.name === word);
    const home = homes.find((other) => other.path === path) ?? (homes.length === 1 ? homes[0] : undefined);
    return home === undefined ? word : `${home.path}.${home.name}`;
  });
}
