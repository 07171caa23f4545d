import ts from 'typescript';

/** The names that a cell's top level declares, and those it imports. */
export interface TopNames {
  readonly declared: readonly string[];
  /** Those of them that it exports by itself. */
  readonly exported: ReadonlySet<string>;
  readonly imported: ReadonlySet<string>;
}

/** Reads the top level of a source, also of one that is being typed and does not parse. */
export function topNames(file: ts.SourceFile): TopNames {
  const declared = new Set<string>();
  const exported = new Set<string>();
  const imported = new Set<string>();
  for (const statement of file.statements) {
    const names = namesDeclared(statement);
    for (const name of names) declared.add(name);
    if (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport)) {
      for (const name of names) exported.add(name);
    }
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      for (const { name } of statement.exportClause.elements) exported.add(name.text);
    }
    if (ts.isImportDeclaration(statement)) for (const name of namesImported(statement)) imported.add(name);
  }
  return { declared: [...declared].filter((name) => name !== ''), exported, imported };
}

const isExport = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;

function namesDeclared(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name ? [statement.name.text] : [];
  }
  if (ts.isEnumDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return [statement.name.text];
  }
  return [];
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element.name) : []));
}

function namesImported({ importClause }: ts.ImportDeclaration): string[] {
  if (!importClause) return [];
  const { name, namedBindings } = importClause;
  const own = name ? [name.text] : [];
  if (!namedBindings) return own;
  if (ts.isNamespaceImport(namedBindings)) return [...own, namedBindings.name.text];
  return [...own, ...namedBindings.elements.map((element) => element.name.text)];
}
