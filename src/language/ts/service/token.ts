import ts from 'typescript';

/** The innermost node at a place; just behind a word, the word. */
export function tokenTouching(file: ts.SourceFile, at: number): ts.Node | undefined {
  const innermost = (place: number): ts.Node | undefined => {
    const descend = (node: ts.Node): ts.Node | undefined => {
      if (place < node.getStart(file) || place >= node.end) return undefined;
      return ts.forEachChild(node, descend) ?? node;
    };
    return descend(file);
  };
  const here = innermost(at);
  if (here && ts.isIdentifier(here)) return here;
  const before = innermost(at - 1);
  return before && ts.isIdentifier(before) ? before : here;
}
